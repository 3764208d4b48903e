skill-does = Uhrzeit und Datum
skill-example = Wie spät ist es in Tokio?

time-now = Es ist { $time }.
time-there = In { $city } ist es { $time }.
time-there-tomorrow = In { $city } ist es { $time }, morgen.
time-there-yesterday = In { $city } ist es { $time }, gestern.
date-today = Heute ist { $date }.
date-shown = { $date }
date-that = { $date }.
days-until = { $days ->
    [0] Das ist heute.
    [one] Noch ein Tag bis { $date }.
   *[other] Noch { $days } Tage bis { $date }.
}
