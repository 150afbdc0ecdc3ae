# English. Every key stands in ru.ftl too; a test keeps them level.

language-name = English
language-short = EN
game-name = The Nineteenth
game-line = A hidden-role negotiation game for five

## Names

you = you
bot-conscript = bot: conscript
bot-officer = bot: officer
bot-strategist = bot: strategist
seat-sokol = Sokol
seat-granit = Granit
seat-beryoza = Beryoza
seat-luna = Luna
seat-volga = Volga
role-malenkov = Malenkov
role-beria = Beria
role-rudenko = Rudenko
role-irina = Irina
role-pavel = Pavel
sector-river = River
sector-forest = Forest
sector-rail = Railway
level-light = light
level-steady = steady
level-heavy = heavy
book-staff = staff book
book-field = field book
book-centre = centre book
channel-open = Open wire
channel-letter = Letters
channel-wireless = Wireless
channel-moscow = Moscow
channel-room = The Room
order-hold = Hold
order-withdraw = Withdraw
order-ambush = Ambush
order-counterattack = Counterattack
order-mines = Mines
order-guns = Guns
order-smoke = Smoke
order-request = Request
order-paperwork = Paperwork
directive-hold = Hold the line
directive-counterattack = Counterattack
directive-guns_frozen = The guns stay where they are
directive-paperwork = Put your papers in order
phase-lobby = Assembly
phase-deal = Sealed files
phase-wire = The wire is open
phase-inquiry = Inquiry
phase-naming = The naming
phase-finished = The file is opened
power-tap = Tap
power-trace = Trace
power-protect = Protect
power-summon = Summon
front-broken = broken
front-bent = bent
front-held = held
loyalty-trusted = trusted
loyalty-watched = watched
loyalty-condemned = condemned
scenario-nineteenth = The Nineteenth
scenario-nineteenth-note = The whole game: seven nights, ciphers, taps. About 25 minutes.
scenario-first_night = First night
scenario-first_night-note = Learn it by playing: four nights, fewer papers. About 15 minutes.
setting-garrison = Garrison
setting-garrison-note = A quieter front. Good with newcomers.
setting-front = Front
setting-front-note = As it was meant.
setting-moscow = Moscow
setting-moscow-note = For officers who trust each other too much.
pace-blitz = Blitz
pace-blitz-note = Short nights
pace-live = Live
pace-live-note = Two and a half minutes a night
pace-slow = Slow
pace-slow-note = Time to write well
pace-correspondence = By post
pace-correspondence-note = A day for each phase

## Everywhere

close = Close
copied = Copied
copy-by-hand = The browser would not copy. Here it is: { $text }
unread = { $count ->
    [one] { $count } unread
   *[other] { $count } unread
}
sound = Sound
light-system = Light: as on this device
light-day = Light: day
light-night = Light: night
timer-over = time
skip = Skip to the page
nav-label = The game
nav-home = Headquarters
nav-how = How to play
foot-note = A game about a story. Its officers, orders and papers are invented.
loading = The courier is on the way…
again = Try again

## The line

line-lost = The wire is cut. Calling again (try { $attempt }). What you typed and sealed is safe.
line-again = Call again
closed-other = The wire was closed ({ $code }).
closed-left = You left the room.

## Landing

hero-army = Headquarters of the 19th Army
hero-title = The Nineteenth
hero-file = Case file
hero-stamp = Keep forever
hero-line-1 = Five officers share one army and one wire. You know the others by call sign only, and one of them writes to Moscow.
hero-line-2 = Every night an order comes that the war makes expensive. Obey, and the front gives way. Disobey, and somebody’s name goes into a file.
hero-line-3 = Bargain in the open, by sealed letter and in cipher. At the end you are judged twice: by the map, and by your dossier.
hero-seats = Officers
hero-seats-value = five; bots fill empty chairs
hero-time = Duration
hero-time-value = about 25 minutes
hero-entry = Admission
hero-entry-value = a name and a link, nothing else
hero-open = Open a room
hero-how = How to play
hero-map-sheet = Sheet 19 · summer 1941
map-enemy = enemy
map-line = our line
map-note = hold or bend?

open-title = Open a room
open-number = Form 1
nickname = Your name
nickname-hint = The others see it beside your call sign. It says nothing of your role.
nickname-missing = The others need something to call you.
scenario = Scenario
setting = Difficulty
pace = Pace
open-listed = Show in the register
open-listed-note = Strangers may sit down. Otherwise only your link lets people in.
open-spectators = Let people watch
open-spectators-note = They see what is public, and nothing more.
open-submit = Open the room

join-title = Report to a room
join-number = Form 2
join-code = Room code
join-hint = Eight letters and digits, or the whole link.
join-short = A code has eight letters and digits.
join-submit = Report

register-title = Register of open rooms
register-number = Form 3
register-empty = Nobody is waiting just now. Open a room, list it, and somebody may come; bots take the chairs that stay empty.
register-problem = The register could not be fetched.
register-host = Host
register-game = Game
register-seats = Seats
register-join = Sit down
register-again = Read again
register-pace = Pace

officers-title = Five files, one in your hands
officers-more = Read the whole page

## How to play

how-title = How to play
how-lead = One page is enough to start. The rest you learn the way they did: at night, from each other.
how-idea-title = What it is about
how-idea-1 = The army holds three roads: the river, the forest and the railway. Each road has some ground behind it. If one runs out, the front is broken.
how-idea-2 = Everyone wins or loses alone, by role. Most need the front to hold and a clean file. You cannot always have both.
how-idea-3 = Orders are carried out together and published without authors. Nobody can prove who did what, unless somebody was watching.
how-night-title = A night
how-night-1-title = Moscow speaks
how-night-1 = A directive is read to all: hold this road, strike back there, leave the guns alone. It often asks for the wrong thing.
how-night-1-short = Moscow sends a directive. It often asks for the wrong thing.
how-night-2-title = The wire opens
how-night-2 = You hear a rumour about the enemy; one of you sees the true plan. Talk, bargain, lie. Everyone seals one order.
how-night-2-short = The wire opens: you talk, bargain, lie, and seal one order each.
how-night-3-title = The front moves
how-night-3 = All orders happen at once. The report says what came and what it cost. It does not say who.
how-night-3-short = All orders happen at once. The report names no authors.
how-night-4-title = If the directive was broken
how-night-4 = Moscow wants a name. Each of you files a secret report. Suspicion falls on whoever is named most.
how-night-4-short = If the directive was broken, Moscow wants a name from every one of you.
how-night-5-title = The Room
how-night-5 = The most suspected may spend the next night with an Interrogator: confess, endure or denounce. Whoever comes out is handed a second order. They need you, after all.
how-night-5-short = Whoever is suspected most may spend the next night in the Room.
how-roles-title = The five
how-wins = Wins if
how-gift = Knows, can
how-role-malenkov = the front is held and he is not condemned.
how-role-malenkov-gift = Has the field phone: an order that counts twice, but rings in Beria’s ear. Knows who Pavel is.
how-role-beria = the front is not broken, Malenkov is condemned and Beria is not.
how-role-beria-gift = Taps, traces, protects and summons. Reads what is written to Moscow and may answer in its name. At the end, names Malenkov.
how-role-rudenko = the front is not broken, enough regiments are left, and he is not condemned.
how-role-rudenko-gift = When he falls back it counts double, costs no one, and leaves mines behind.
how-role-irina = the front is held and Malenkov is not condemned.
how-role-irina-gift = Sees the enemy’s exact plan, every night. Must be believed without being found.
how-role-pavel = his patron wins and he is not condemned.
how-role-pavel-gift = Sees every envelope, opens one a night. Chooses his patron, Malenkov or Beria, in secret.
how-orders-title = Orders
how-orders-lead = One a night, each for one road.
how-order-hold = One more defence on the road.
how-order-withdraw = A vote to fall back. With enough votes the road bends: ground is lost, the regiments live.
how-order-ambush = Strong against a heavy thrust, best in the forest.
how-order-counterattack = Defence, and ground regained if you are clearly stronger. Costly if you are not.
how-order-mines = Weakens tomorrow’s thrust. The first at the river blows the bridge.
how-order-guns = Moves the army’s only guns there for the next nights.
how-order-smoke = Hides who did what there; softens losses.
how-order-request = Asks Moscow for a regiment. Only the obedient are given one.
how-order-paperwork = Cleans your own file a little. The front gets nothing.
how-channels-title = Ways to speak
how-channel-open = Everyone hears it.
how-channel-letter = Sealed, for one reader. Pavel sees the envelope; Beria may be reading.
how-channel-wireless = In cipher, for holders of the codebook. Everyone sees that something was sent, and every sheet looks alike.
how-channel-moscow = You write to Moscow. Beria reads.
how-channel-room = Prisoner and Interrogator, nobody else.
how-end-title = The judgement
how-end = The front is held, bent or broken. Each file is trusted, watched or condemned. Then everything is opened: roles, orders, letters, promises kept and broken. That is half the fun.
how-words-title = No common language?
how-words = Besides free words there are forms: “I shall hold the river”, “I take Luna for Beria”, “this for that”. They are read in everyone’s own language, and promises are counted.

## Problems

problem-title = This paper is not in the archive
problem-text = The address leads nowhere. It may have been typed in the dark.
problem-home = Back to headquarters
problem-stamp = Not found

## Room (until the game opens)

room-title = Room { $code }
room-connecting = Calling headquarters…
room-copy = Copy the link
room-qr = QR code of this room’s link
