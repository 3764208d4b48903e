skill-does = Uhrzeit und Datum
skill-example = Wie spät ist es?
time-now = Es ist { $time }.
date-today = Heute ist { $date }.
