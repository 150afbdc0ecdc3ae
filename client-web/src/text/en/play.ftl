# The lobby, the table, the judgement.

play-any-seat = Any free seat
play-sit-title = Take a seat
play-which-seat = Call sign
play-no-seat = All five seats are taken. You may stay and watch.
play-away = away
play-free = free
play-host = host
play-ready = ready
play-move = Sit here
play-add-bot = Add a bot
play-add-program = Invite a program
play-program = program
play-program-called = { $name } (program)
play-program-awaited = awaited
play-make-host = Make host
play-kick = Send away
play-kick-final = { $name } leaves this table and cannot come back.
play-remove = Remove
play-watchers = { $count ->
    [0] Nobody is watching.
    [one] { $count } person is watching.
   *[other] { $count } people are watching.
}
play-fill = Fill with bots
play-start = Begin the match
play-get-ready = I am ready
play-not-ready = Not ready after all
play-leave = Leave
play-waiting-seats = { $count ->
    [one] { $count } seat is still free.
   *[other] { $count } seats are still free.
}
play-waiting-ready = { $count ->
    [one] Waiting for { $count } officer to be ready.
   *[other] Waiting for { $count } officers to be ready.
}
play-all-set = Everybody is here. Begin when you like.
play-host-starts = Everybody is here. The host begins.
play-invite = Call the others
play-copy-code = Copy the code
play-options = What will be played
play-yes = Yes, do it
play-no = Not yet
play-closed = The wire is closed
play-here-instead = Play here instead

## The bar

play-turn = Night { $turn } of { $turns }
play-deal = Before the first night
play-directive = Moscow demands
play-short = Time is short.
play-at-zero-deal = then the first night begins
play-at-zero-wire = then the wire closes
play-at-zero-inquiry = then Moscow counts
play-at-zero-naming = then you are judged
play-at-zero-finished = then the file is opened
play-owed-read = read your file
play-owed-order = seal an order
play-owed-answer = answer in the Room
play-owed-patron = choose a patron
play-owed-report = name somebody
play-owed-name = name Malenkov
play-otherwise-begins = else: it begins anyway
play-otherwise-no_order = else: no order
play-otherwise-endure = else: you endure
play-otherwise-confess = else: you confess
play-otherwise-malenkov = else: Malenkov
play-otherwise-silence = else: silence
play-otherwise-highest_suspicion = else: the thickest file
play-am-ready = Ready
play-ready-anyway = Ready anyway
play-unready = Not ready
play-ready-count = { $count } of 5 ready
play-my-card = My file
play-watching = You are watching
play-watch-note = You see what is public, and nothing more.
play-panels = Sheets
play-tab-front = Front
play-tab-wire = Wire
play-tab-orders = Orders
play-tab-officers = Officers
play-deal-note = Nobody else sees this sheet. When you have read it, say that you are ready.
play-deal-watch = The files are being dealt.
play-commitment-note = The lots of this match are bound by
play-leave-final = A bot takes your seat, and you cannot come back to this match.

## Officers and my file

play-officers = Officers
play-suspicion = suspicion
play-suspicion-of = Suspicion of { $seat }, of 10
play-in-room = in the Room
play-authority = two orders
play-rests = rests from the Room
play-spared = cannot be named
play-card-number = Personal file
play-secret = Secret
play-you-know = You know
play-not-which = not which is which
play-books = Codebooks
play-nerve = Nerve
play-phone = Field phone
play-left = { $count } left
play-patron = Your patron

## The front

play-map = The front
play-road = Road
play-ground = Ground
play-regiments = Regiments
play-heard = What you heard
play-guns-here = guns
play-outcome-held = held
play-outcome-regained = regained
play-outcome-withdrew = withdrew
play-outcome-broken = broken
play-outcome-encircled = encircled

## Orders and powers

play-orders = Your orders
play-until-closed = may be changed until the wire closes
play-order-kind = Order
play-slot = Order { $number }
play-sealed = sealed
play-unseal = Take it back
play-pick-up = Pick up the field phone
play-hang-up = Hang up
play-phone-note = One more order, which counts as two. Beria hears in which sector it rang.
play-powers = Your powers
play-power-tap = Read every letter that a seat sends or gets this night. Cannot be changed.
play-power-trace = Learn who ordered what on one road, as the wire closes. Smoke hides it.
play-power-protect = Take one point from a file.
play-power-summon = Have a seat brought to the Room next night.
play-tap-final = A tap is put on at once, and is your power of this night.
play-patron-note = Choose whom you serve. You win if he wins and you are not condemned.
play-patron-final = { $role } will be your patron, for good.

## The Room

play-room-prisoner = A lamp, a table, two chairs. Until the night is over you hear nothing else.
play-room-interrogator = sits before you, and does not know who you are.
play-no-demand = He has not yet said what he wants. If he never does, it is your name.
play-demand-role = He demands to know who you are.
play-demand-orders = He demands every order you have given.
play-demand-books = He demands to know which codebooks you hold.
play-demanded-role = You demanded the name.
play-demanded-orders = You demanded every order.
play-demanded-books = You demanded the codebooks.
play-want-role = Demand the name
play-want-orders = Demand all orders
play-want-books = Demand the codebooks
play-answer-confess = Confess
play-answer-endure = Endure
play-answer-denounce = Denounce { $seat }
play-answer-confess-note = He learns it, true. Suspicion −3.
play-answer-endure-note = Costs your nerve. Suspicion −1.
play-answer-denounce-note = Once a match. Yours −1, theirs +1.

## Inquiry and naming

play-inquiry-note = The directive was broken. Whom do you report? Only Moscow reads it.
play-stay-silent = Stay silent
play-spared-note = { $seat } was named last time and cannot be named now.
play-inquiry-others = The others are writing reports.
play-naming-note = Who is Malenkov? Rightly named, he carries six more points.
play-naming-others = Moscow is writing down a name.

## The wire

play-night = Night { $turn }
play-around = Before and after
play-signed-moscow = Moscow
play-interrogator = The Interrogator

## Forms

play-form-thrust = { $sector }: the thrust is { $level }.
play-form-will = I shall give: { $order }.
play-form-ask = { $seat }, will you give: { $order }?
play-form-name = Let us name { $seat }.
play-form-am = I am { $role }.
play-form-suspect = I take { $seat } for { $role }.
play-form-offer = A bargain. Mine: { $give } Yours: { $want }
play-form-agree = Agreed: { $what }
play-form-refuse = No: { $what }
play-form-unseen = something you have not read
play-form-kind = Form
play-form-seat = Seat
play-form-role = Role
play-form-kind-will = I shall…
play-form-kind-ask = Will you…?
play-form-kind-thrust = The thrust is…
play-form-kind-name = Let us name…
play-form-kind-am = I am…
play-form-kind-suspect = I suspect…
play-form-bargain = a bargain: this for that
play-form-give = I give
play-form-want = I want

## Moscow's own lines

play-line-1 = We read your reports. We also read what is not in them.
play-line-2 = Remember who lent you this army.
play-line-3 = A retreat is a report that somebody has signed.
play-line-4 = The map in this office shows no withdrawals.
play-line-5 = Your silence has been filed.
play-line-6 = Explanations are to be sent before the event.
play-line-7 = Initiative will be noted. So will the name.
play-line-8 = Moscow does not sleep. See to it that you do not either.

## The record

play-record = The record
play-obeyed = obeyed
play-broken = broken
play-came = Came
play-result = Result
play-arrived = Orders that arrived
play-losses = Lost
play-ground-lost = ground −{ $count }
play-ground-regained = ground +{ $count }
play-regiments-lost = regiments −{ $count }
play-was-in-room = { $seat } was in the Room.
play-all-silent = Inquiry: everyone was silent.
play-most-named = Inquiry: { $seat } was named most.
play-tied = Inquiry: a tie between { $seats }.
play-published = Files
play-summoned = { $seat } is summoned to the Room.
play-nothing-yet = The first night has not begun.
play-plan = The enemy’s plan
play-rumour = Rumour
play-you-ordered = You ordered
play-traced-nothing = nothing found
play-rang = The field phone rang: { $sector }.
play-rang-desk = The field phone rang, about paperwork.
play-confessed = { $seat } confessed
play-you-named = You named { $seat }.
play-you-silent = You stayed silent.

## The judgement

play-judgement = The judgement
play-front-held = The front held
play-front-bent = The front bent
play-front-broken = The front is broken
play-front-left = Ground left: { $ground }. Regiments left: { $regiments }.
play-named-rightly = Beria named { $seat }, and was right.
play-named-wrongly = Beria named { $seat }, and was wrong.
play-won = Won
play-points = front { $front } + file { $loyalty } + win { $win }
play-rematch = Play again
play-cell-held-trusted = The front held, and your file is clean. They will find something else for you to do.
play-cell-held-watched = The front held. Somebody has underlined your name in pencil.
play-cell-held-condemned = The front held, and you paid for it.
play-cell-bent-trusted = The line bent; your file did not.
play-cell-bent-watched = The line bent, and so did you. Both were noted.
play-cell-bent-condemned = Somebody had to answer for the ground. It was you.
play-cell-broken-trusted = The front is gone. Your papers are in perfect order.
play-cell-broken-watched = The front is gone, and nobody is looking at the map any more. They look at you.
play-cell-broken-condemned = The front is gone, and so are you.
play-file = The whole file
play-no-order = no order
play-named = named { $seat }
play-was-silent = silent
play-opened-letter = opened
play-rules = Moscow’s office
play-all-words = Every word, in clear ({ $count })
play-ledger = Promises and claims ({ $count })
play-kept = true
play-not-kept = not true
play-untested = never put to the test
play-no-promises = Nobody promised anything.
play-check = Check the lots
play-check-note = The hash shown at the deal is the SHA-256 of nineteenth:commitment:SALT:SEED. Every lot follows from the seed.
play-seed = seed
play-salt = salt
play-commitment = hash
play-cause-confessed = confessed in the Room
play-cause-endured = endured the Room
play-cause-denounced_another = denounced somebody
play-cause-denounced = was denounced
play-cause-all_silent = everybody was silent
play-cause-most_named = was named most
play-cause-tied = was named in a tie
play-cause-proved = a trace proved it
play-cause-refused_request = a request was refused
play-cause-paperwork = paperwork
play-cause-protected = was protected
play-cause-rightly_named = was rightly named
