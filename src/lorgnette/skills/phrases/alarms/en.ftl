skill-does = alarms
skill-example = Wake me at half past seven every weekday.

alarm-title = Alarm
alarm-when = For what time?
alarm-set = Alarm, { $at }.
alarm-set-again = Alarm, { $time }, { $repeat }.
alarm-cancelled = The alarm for { $at } is off.
alarm-cancelled-again = The alarm at { $time }, { $repeat }, is off.
alarm-next = Your next alarm is { $alarm }.
alarm-off = Alarm off.
alarms-cancelled = { $count ->
    [one] Alarm cancelled.
    [2] Both alarms cancelled.
   *[other] All { $count } alarms cancelled.
}
alarm-restored = The alarm for { $at } is back on.
alarms-restored = { $count } alarms are back on.
alarm-snoozed = Again in { $duration }.
alarm-part = { $at }
alarm-part-again = { $time }, { $repeat }
alarms-all = { $count ->
    [one] Your alarm is at { $alarms }.
   *[other] { $count } alarms: { $alarms }.
}
alarms-many = { $count } alarms; the next are { $alarms }.
alarm-none = No alarm is set.
alarm-none-then = There's no alarm then; ask me which alarms are set.
alarm-none-ringing = Nothing is ringing.
alarm-past = That time is over; say a later one.
