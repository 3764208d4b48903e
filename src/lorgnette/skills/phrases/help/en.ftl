skill-does = help
skill-example = What can you do?

help-examples = Say, for example: { $examples }.
help-part = “{ $example }”
help-nothing = I can't do anything yet; add a skill in the settings.
