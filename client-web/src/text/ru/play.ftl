# Сбор, стол, приговор.

play-any-seat = Любое свободное место
play-sit-title = Займите место
play-which-seat = Позывной
play-no-seat = Все пять мест заняты. Можно остаться и смотреть.
play-away = не на связи
play-free = свободно
play-host = хозяин
play-ready = готов
play-move = Сесть сюда
play-add-bot = Посадить бота
play-add-program = Пригласить программу
play-program = программа
play-program-called = { $name } (программа)
play-program-awaited = ещё не на связи
play-make-host = Сделать хозяином
play-kick = Удалить
play-kick-final = { $name } уходит из-за этого стола и вернуться не сможет.
play-remove = Убрать
play-watchers = { $count ->
    [0] Никто не наблюдает.
    [one] Наблюдает { $count } человек.
    [few] Наблюдают { $count } человека.
   *[other] Наблюдают { $count } человек.
}
play-fill = Заполнить ботами
play-start = Начать партию
play-get-ready = Я готов
play-not-ready = Всё же не готов
play-leave = Выйти
play-waiting-seats = { $count ->
    [one] Свободно ещё { $count } место.
    [few] Свободны ещё { $count } места.
   *[other] Свободны ещё { $count } мест.
}
play-waiting-ready = { $count ->
    [one] Ждём готовности { $count } офицера.
   *[other] Ждём готовности { $count } офицеров.
}
play-all-set = Все на месте. Начинайте, когда захотите.
play-host-starts = Все на месте. Начинает хозяин.
play-invite = Позовите остальных
play-copy-code = Скопировать код
play-options = Во что играем
play-yes = Да, сделать
play-no = Пока нет
play-closed = Связь закрыта
play-here-instead = Играть здесь

## Строка

play-turn = Ночь { $turn } из { $turns }
play-deal = Перед первой ночью
play-directive = Москва требует
play-short = Времени мало.
play-at-zero-deal = и начнётся первая ночь
play-at-zero-wire = и связь закроется
play-at-zero-inquiry = и Москва подсчитает
play-at-zero-naming = и вас рассудят
play-at-zero-finished = и дело откроют
play-owed-read = прочтите своё дело
play-owed-order = запечатайте приказ
play-owed-answer = ответьте в Кабинете
play-owed-patron = выберите покровителя
play-owed-report = назовите кого-нибудь
play-owed-name = назовите Маленкова
play-otherwise-begins = иначе начнётся и так
play-otherwise-no_order = иначе: без приказа
play-otherwise-endure = иначе: вы терпите
play-otherwise-confess = иначе: признание
play-otherwise-malenkov = иначе: Маленков
play-otherwise-silence = иначе: молчание
play-otherwise-highest_suspicion = иначе: самое толстое дело
play-am-ready = Готов
play-ready-anyway = Готов и так
play-unready = Не готов
play-ready-count = готовы { $count } из 5
play-my-card = Моё дело
play-watching = Вы наблюдаете
play-watch-note = Вы видите то, что известно всем, и не больше.
play-panels = Листы
play-tab-front = Фронт
play-tab-wire = Связь
play-tab-orders = Приказы
play-tab-officers = Офицеры
play-deal-note = Этого листа не видит больше никто. Прочтите и отметьтесь готовым.
play-deal-watch = Раздают личные дела.
play-commitment-note = Жребий этой партии связан числом
play-leave-final = Ваше место займёт бот, и вернуться в эту партию нельзя.

## Офицеры и моё дело

play-officers = Офицеры
play-suspicion = подозрение
play-suspicion-of = Подозрение на { $seat }, из 10
play-in-room = в Кабинете
play-authority = два приказа
play-rests = отдых от Кабинета
play-spared = назвать нельзя
play-card-number = Личное дело
play-secret = Секретно
play-you-know = Вы знаете
play-not-which = но не кто из них кто
play-books = Шифровальные книги
play-nerve = Выдержка
play-phone = Полевой телефон
play-left = осталось: { $count }
play-patron = Ваш покровитель

## Фронт

play-map = Карта фронта
play-road = Дорога
play-ground = Рубежи
play-regiments = Полки
play-heard = Что вы слышали
play-guns-here = орудия
play-outcome-held = удержали
play-outcome-regained = вернули
play-outcome-withdrew = отошли
play-outcome-broken = прорвано
play-outcome-encircled = окружены

## Приказы и возможности

play-orders = Ваши приказы
play-until-closed = можно менять, пока связь открыта
play-order-kind = Приказ
play-slot = Приказ { $number }
play-sealed = запечатано
play-unseal = Забрать
play-pick-up = Снять трубку полевого телефона
play-hang-up = Повесить трубку
play-phone-note = Ещё один приказ, который считается за два. Берия услышит, на каком участке звонило.
play-powers = Ваши возможности
play-power-tap = Читать все письма одного места за эту ночь. Изменить нельзя.
play-power-trace = Узнать, кто что приказал на одной дороге, когда закроется связь. Дым это скрывает.
play-power-protect = Снять одно очко с чьего-то дела.
play-power-summon = Вызвать кого-то в Кабинет на следующую ночь.
play-tap-final = Прослушка включается сразу, и других возможностей этой ночью не будет.
play-patron-note = Выберите, кому служите. Вы победите, если победит он, а вас не осудят.
play-patron-final = Ваш покровитель — { $role }, навсегда.

## Кабинет

play-room-prisoner = Лампа, стол, два стула. До конца ночи вы больше ничего не слышите.
play-room-interrogator = сидит перед вами и не знает, кто вы.
play-no-demand = Он ещё не сказал, чего хочет. Если не скажет, это ваше имя.
play-demand-role = Он требует сказать, кто вы.
play-demand-orders = Он требует все ваши приказы.
play-demand-books = Он требует сказать, какие книги у вас есть.
play-demanded-role = Вы потребовали имя.
play-demanded-orders = Вы потребовали все приказы.
play-demanded-books = Вы потребовали книги.
play-want-role = Потребовать имя
play-want-orders = Потребовать приказы
play-want-books = Потребовать книги
play-answer-confess = Признаться
play-answer-endure = Терпеть
play-answer-denounce = Донести: { $seat }
play-answer-confess-note = Он узнает правду. Подозрение −3.
play-answer-endure-note = Стоит выдержки. Подозрение −1.
play-answer-denounce-note = Раз за партию. Вам −1, другому +1.

## Дознание и имя

play-inquiry-note = Директива нарушена. На кого вы доносите? Прочтёт только Москва.
play-stay-silent = Промолчать
play-spared-note = { $seat }: назван в прошлый раз, сейчас назвать нельзя.
play-inquiry-others = Остальные пишут донесения.
play-naming-note = Кто Маленков? Если верно, ему прибавят шесть.
play-naming-others = Москва записывает имя.

## Связь

play-night = Ночь { $turn }
play-around = До и после
play-signed-moscow = Москва
play-interrogator = Следователь

## Формы

play-form-thrust = { $sector }: удар { $level }.
play-form-will = Я отдам приказ: { $order }.
play-form-ask = { $seat }, отдашь приказ: { $order }?
play-form-name = Назовём: { $seat }.
play-form-am = Я — { $role }.
play-form-suspect = Думаю, { $seat } — это { $role }.
play-form-offer = Сделка. С меня: { $give } С тебя: { $want }
play-form-agree = Согласен: { $what }
play-form-refuse = Нет: { $what }
play-form-unseen = то, чего вы не читали
play-form-kind = Форма
play-form-seat = Место
play-form-role = Роль
play-form-kind-will = Я отдам приказ…
play-form-kind-ask = Отдашь приказ…?
play-form-kind-thrust = Удар…
play-form-kind-name = Назовём…
play-form-kind-am = Я —…
play-form-kind-suspect = Я подозреваю…
play-form-bargain = сделка: одно за другое
play-form-give = Я даю
play-form-want = Я хочу

## Строки самой Москвы

play-line-1 = Мы читаем ваши донесения. И то, чего в них нет.
play-line-2 = Помните, кто одолжил вам эту армию.
play-line-3 = Отход — это донесение, которое кто-то подписал.
play-line-4 = На карте в этом кабинете отступлений нет.
play-line-5 = Ваше молчание подшито к делу.
play-line-6 = Объяснения присылать заранее.
play-line-7 = Инициатива будет отмечена. И имя тоже.
play-line-8 = Москва не спит. Позаботьтесь, чтобы не спали и вы.

## Журнал

play-record = Журнал
play-obeyed = исполнена
play-broken = нарушена
play-came = Удар
play-result = Итог
play-arrived = Дошедшие приказы
play-losses = Потери
play-ground-lost = рубежи −{ $count }
play-ground-regained = рубежи +{ $count }
play-regiments-lost = полки −{ $count }
play-was-in-room = { $seat }: провёл ночь в Кабинете.
play-all-silent = Дознание: все промолчали.
play-most-named = Дознание: чаще всех назван { $seat }.
play-tied = Дознание: поровну у { $seats }.
play-published = Дела
play-summoned = { $seat }: вызван в Кабинет.
play-nothing-yet = Первая ночь ещё не началась.
play-plan = План противника
play-rumour = Слух
play-you-ordered = Вы приказали
play-traced-nothing = ничего не найдено
play-rang = Звонил полевой телефон: { $sector }.
play-rang-desk = Звонил полевой телефон, о бумагах.
play-confessed = Признание, { $seat }
play-you-named = Вы назвали: { $seat }.
play-you-silent = Вы промолчали.

## Приговор

play-judgement = Приговор
play-front-held = Фронт устоял
play-front-bent = Фронт прогнулся
play-front-broken = Фронт прорван
play-front-left = Рубежей осталось: { $ground }. Полков осталось: { $regiments }.
play-named-rightly = Берия назвал { $seat } и не ошибся.
play-named-wrongly = Берия назвал { $seat } и ошибся.
play-won = Победа
play-points = фронт { $front } + дело { $loyalty } + победа { $win }
play-rematch = Сыграть ещё
play-cell-held-trusted = Фронт устоял, и дело ваше чисто. Вам найдут ещё работу.
play-cell-held-watched = Фронт устоял. Ваше имя кто-то подчеркнул карандашом.
play-cell-held-condemned = Фронт устоял, и заплатили за это вы.
play-cell-bent-trusted = Линия прогнулась, ваше дело — нет.
play-cell-bent-watched = Прогнулась линия, прогнулись и вы. Отмечено и то и другое.
play-cell-bent-condemned = За потерянное кто-то должен был ответить. Ответили вы.
play-cell-broken-trusted = Фронта больше нет. Бумаги ваши в полном порядке.
play-cell-broken-watched = Фронта больше нет, и на карту никто не смотрит. Смотрят на вас.
play-cell-broken-condemned = Фронта больше нет. Вас тоже.
play-file = Всё дело
play-no-order = без приказа
play-named = назвал { $seat }
play-was-silent = молчал
play-opened-letter = вскрыл
play-rules = Канцелярия Москвы
play-all-words = Каждое слово открытым текстом ({ $count })
play-ledger = Обещания и утверждения ({ $count })
play-kept = правда
play-not-kept = неправда
play-untested = не проверено делом
play-no-promises = Никто ничего не обещал.
play-check = Проверить жребий
play-check-note = Число, показанное при раздаче, — это SHA-256 строки nineteenth:commitment:SALT:SEED. Весь жребий следует из зерна.
play-seed = зерно
play-salt = соль
play-commitment = число
play-cause-confessed = признание в Кабинете
play-cause-endured = выдержал Кабинет
play-cause-denounced_another = донёс на другого
play-cause-denounced = на него донесли
play-cause-all_silent = все промолчали
play-cause-most_named = назван чаще всех
play-cause-tied = назван поровну с другим
play-cause-proved = доказано проверкой
play-cause-refused_request = в просьбе отказано
play-cause-paperwork = бумаги
play-cause-protected = взят под защиту
play-cause-rightly_named = назван верно
