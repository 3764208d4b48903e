skill-does = quiet hours
skill-example = Quiet hours from ten to seven.

quiet-title = Quiet hours
quiet-set = Quiet hours { $hours }.
quiet-over = No more quiet hours.
quiet-none = You have no quiet hours.
quiet-now = Yes, until { $time }. Timers and alarms still ring.
quiet-not-now = Not now. They are { $hours }.
quiet-hours = from { $begin } to { $end }
quiet-hours-on = from { $begin } to { $end }, { $repeat }
