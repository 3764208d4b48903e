skill-does = the time and the date
skill-example = What time is it?
time-now = It's { $time }.
date-today = Today is { $date }.
