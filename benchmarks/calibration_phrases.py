"""Sentences for calibrating the recogniser. Some are among the 51 it is judged by; the voices never are."""

TEMPLATES = """
set a timer for {duration}
[please] set a {duration} timer
start a timer for {duration} [called {name}]
[please] (pause|stop) the [{label}] timer
resume [the] [{label}] timer
cancel [the] [{label}] timer
cancel all [of] [my] timers
how much time is left [on the {label} timer]
add {duration} to the [{label}] timer
what timers are running
set an alarm for {time}
wake me up at {time}
wake me [up] at {time} on {weekday}
delete the alarm
turn off the alarm
snooze
what time is it
what's the time
what is the date [today]
what day is it [today]
what's today's date
(set|turn) the volume to {percent}
(louder|quieter)
turn (up|down) the volume
volume (up|down)
mute
unmute
take a note {text}
[make a] note that {text}
read my notes
delete [the] last note
add {item} to [my] (shopping|grocery|to-do) list
put {item} on the list
what's on my (shopping|grocery|to-do) list
read my shopping list
clear my (shopping|grocery) list
how much battery is left
what's the battery level
help
what can you do
stop
never mind
say that again
(speak|talk) slower
(speak|talk) faster
undo that
remind me to {text}
remind me in {duration} to {text}
repeat that
go back
call {person}
call {person} on the mobile
hang up
answer the call
(reject|decline) the call
send a message to {person}
read my messages
play some music
play {genre}
play the next album
(shuffle|repeat) this playlist
who is singing
turn the music off
take a picture
record a video
stop recording
what am i looking at
read this [to me]
how much does this cost
what does this sign say
translate this to {tongue}
start translating {tongue}
take me (home|to work|to the station)
where am i
where is the nearest {place}
how far is it to the {place}
stop navigation
what is my next appointment
what's on my calendar {date}
add an appointment on {date} at {time}
how is the weather tomorrow
will it rain [today|tomorrow]
set brightness to {percent}
switch (on|off) the (hall|bedroom|garage) lamp
(raise|lower) the blinds in the (bedroom|study)
make it (warmer|cooler)
set the heating to {number} degrees
is the garage open
start the vacuum cleaner
feed the cat
good night
good morning
show the captions
hide the display
dark mode on
start the meeting
end the meeting
who spoke last
summarize the meeting
pay the bill
what did i spend {when}
how much money do i have
tell me a joke
flip a coin
roll the dice
what is {number} (plus|minus|times) {number}
spell that
find my phone
connect to the speaker
pair a new device
remember this place
where did i park
count down from {number}
yes
no
cancel
""".strip().splitlines()
"""Commands; each grammar of a calibration is drawn from them."""

SLOTS: dict[str, tuple[str, ...]] = {
    "person": (
        "anna",
        "my mother",
        "doctor miller",
        "george",
        "the office",
        "peter",
    ),
    "genre": (
        "jazz",
        "rock music",
        "the radio",
        "classical music",
    ),
    "tongue": (
        "german",
        "chinese",
        "spanish",
        "french",
    ),
    "place": (
        "pharmacy",
        "supermarket",
        "bus stop",
        "restaurant",
        "hospital",
    ),
    "when": (
        "today",
        "this week",
        "last month",
        "yesterday",
    ),
    "label": (
        "kitchen",
        "pasta",
        "tea",
        "egg",
        "laundry",
    ),
}
FREE: dict[str, tuple[str, ...]] = {
    "text": (
        "buy milk tomorrow",
        "the door code changed",
        "water the plants",
        "call the dentist",
        "the train leaves early",
    ),
    "item": (
        "milk",
        "bread",
        "apples",
        "washing powder",
        "two onions",
        "olive oil",
    ),
    "name": (
        "pizza",
        "rice",
        "homework",
    ),
}
"""What is said in free-text slots; the recogniser doesn't know it."""

TALK = """
i was thinking about going to the cinema later but i'm not sure
did you see what happened in the news this morning
the train was late again so i missed the whole first half
she said that her brother would come over on the weekend
that's exactly what i told him and he didn't listen
could you pass me the salt please
i think we should probably leave before it gets dark
they have moved to a bigger flat near the river
well that depends on how much time we have
it was the best of times it was the worst of times
my father used to work in a factory when he was young
have you ever been to portugal
there's a new bakery around the corner and it's really good
no i don't think that's a good idea
okay then let's do it like that
the cat is sleeping on the sofa again
so what did the doctor say in the end
we ran out of coffee two days ago
please sign here and then at the bottom of the page
he never really liked that kind of music
time flies when you are having fun
this is not the right place to discuss it
the first timer at the race was very nervous
i set the table and then we all sat down
stop it you two i'm trying to work
turn left at the church and then go straight on
the weather in scotland was dreadful all week
what a lovely day it has been
what kind of cheese would you like with that
how many people came to the party
next year we want to travel through canada
the alarm in the neighbour's house went off three times last night
she opened the window and looked out into the garden
you can never remember where you put your keys
let me read you a story about a fox and a bear
he cancelled the meeting because nobody had time
the volume of a sphere is four thirds pi r cubed
all the lights in the street were off
a quarter of the students failed the exam
they started at seven and finished at half past ten
minutes later the police arrived at the scene
the second half was much better than the first
i'd like to add that this was never my intention
my list of complaints is getting longer every day
remind her that she still owes me some money
nobody takes notes during his lectures
i can't hear you there's too much noise
would you mind closing the door behind you
good evening and welcome to the programme
the patient was given five hundred milligrams
thank you very much for your help
could we have the bill please
it takes about an hour to get there by bus
where have all the flowers gone
one of these days i'm going to quit
please wake up we have to go
louder than words is the name of the book
what day did you say she was coming
mute swans are the heaviest birds in britain
never mind the weather we're going out
""".strip().splitlines()
"""What people say to each other."""

GERMAN = """
kannst du mir bitte das salz geben
stell einen wecker auf sieben uhr
wie lange dauert das noch
ich habe heute keine zeit mehr
mach bitte das fenster zu
der zug hat schon wieder verspätung
was kostet das denn
stopp
lauter
ich weiß es nicht
schreib mir eine notiz
hast du die nachrichten gesehen
guten morgen zusammen
wo ist der nächste supermarkt
setz butter auf die einkaufsliste
""".strip().splitlines()

PROMPTS = {
    "activated": "activated",
    "agent-loggedoff": "agent logged off",
    "agent-loginok": "agent logged in",
    "auth-thankyou": "thank you",
    "conf-invalidpin": "that pin is invalid for this conference",
    "conf-kicked": "you have been kicked from this conference",
    "conf-locked": "this conference is locked",
    "conf-lockednow": "the conference is now locked",
    "conf-muted": "you are now muted",
    "conf-unmuted": "you are now unmuted",
    "conf-unlockednow": "the conference is now unlocked",
    "conf-enteringno": "you are entering conference number",
    "conf-getpin": "please enter the conference pin number",
    "conf-hasjoin": "is now in the conference",
    "conf-hasleft": "has left the conference",
    "conf-noempty": "no empty conferences currently exist",
    "hello-world": "hello world",
    "transfer": "please hold while i try that extension",
    "vm-advopts": "press three for advanced options",
    "vm-changeto": "change to which folder",
    "vm-deleted": "message deleted",
    "vm-delete": "press seven to delete this message",
    "vm-dialout": "please wait while i connect your call",
    "vm-goodbye": "goodbye",
    "vm-helpexit": "press star for help or pound to exit",
    "vm-leavemsg": "press five to leave a message",
    "vm-mailboxfull": "sorry but the user's mailbox can't accept more messages",
    "vm-marked-urgent": "message marked urgent",
    "vm-msgsaved": "your message has been saved",
    "vm-next": "press six to play the next message",
    "vm-nobodyavail": "nobody is available to take your call at the moment",
    "vm-nomore": "no more messages",
    "vm-passchanged": "your passwords have been changed",
    "vm-prev": "press four for the previous message",
    "vm-reachoper": "press zero to reach an operator",
    "vm-repeat": "press five to repeat the current message",
    "vm-savefolder": "which folder should i save the message to",
    "vm-sorry": "i'm sorry i did not understand your response",
    "vm-star-cancel": "press star to cancel",
    "vm-starmain": "press star to return to the main menu",
    "vm-tempremoved": "your temporary greeting has been removed",
    "vm-then-pound": "then press pound",
    "vm-tocallnum": "press one to call this number",
    "vm-tocancel": "or pound to cancel",
    "vm-tohearenv": "press three to hear the message envelope",
    "vm-tomakecall": "press four to place an outgoing call",
    "vm-tooshort": "your message is too short",
    "vm-undeleted": "message undeleted",
    "vm-undelete": "press seven to undelete this message",
    "vm-unknown-caller": "from an unknown caller",
    "vm-youhave": "you have",
    "vm-onefor": "press one for",
    "vm-torerecord": "press three to rerecord your message",
    "tt-somethingwrong": "something is terribly wrong",
    "tt-weasels": "weasels have eaten our phone system",
    "queue-thankyou": "thank you for your patience",
    "queue-callswaiting": "waiting to speak with a representative",
    "dir-welcome": "welcome to the directory",
    "dir-nomatch": "no directory entries match your search",
    "dictate/playback_mode": "playback mode",
    "dictate/record_mode": "record mode",
    "conf-onlyperson": "you are currently the only person in this conference",
    "conf-now-muted": "the conference is now muted",
    "conf-now-recording": "the conference is now being recorded",
    "vm-toreply": "press one to send a reply",
    "vm-savemessage": "or nine to save this message",
    "vm-review-urgent": "press four to mark this message as urgent",
}
"""Prompts of a telephone exchange (Debian: asterisk-core-sounds-en-g722), read by a woman: file → text."""
