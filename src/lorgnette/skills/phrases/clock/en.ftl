skill-does = the time and the date
skill-example = What time is it in Tokyo?

time-now = It's { $time }.
time-there = { $city }: { $time }.
time-there-tomorrow = { $city }: { $time }, tomorrow.
time-there-yesterday = { $city }: { $time }, yesterday.
date-today = It's { $date }.
date-shown = { $date }
date-that = { $date }.
days-until = { $days ->
    [0] That's today.
    [one] One day, until { $date }.
   *[other] { $days } days, until { $date }.
}
