not-understood = Je n'ai pas compris.
