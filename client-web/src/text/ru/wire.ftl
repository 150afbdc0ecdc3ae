# Связь: разговоры, сообщения, бланки, ящики под ними.

wire-title = Связь
wire-threads = Кто это слышит
wire-group-open = Все
wire-group-moscow = Москва
wire-group-room = Кабинет
wire-group-letter = Письма
wire-group-wireless = Радио
wire-group-between = Чужие письма
wire-thread-letter = Переписка: { $seat }
wire-thread-between = Переписка: { $one } и { $other }
wire-thread-wireless = Радио: { $book }
wire-next-unread = { $count ->
    [one] ещё { $count } непрочитанное
    [few] ещё { $count } непрочитанных
   *[many] ещё { $count } непрочитанных
}
wire-about-open = Слышат все, и зрители тоже.
wire-about-letter = Запечатано, прочтёт { $seat }. Конверт увидит Павел.
wire-about-wireless = Шифром: у кого { $book }, тот прочтёт и увидит, кто передал.
wire-about-moscow = Уйдёт в Москву. Там кто-то прочтёт и увидит ваш позывной.
wire-about-moscow-beria = Письма остальных в Москву приходят вам. Подписываться Москвой можете тоже вы.
wire-about-room = Стол, два стула, никаких свидетелей.
wire-about-between = Они не знают, что вы это читаете.

## Сообщения

wire-log-of = Сообщения: { $thread }
wire-night = Ночь { $turn }
wire-before = До первой ночи
wire-after = После последней ночи
wire-new-line = новое
wire-new-below = { $count ->
    [one] { $count } новое сообщение
    [few] { $count } новых сообщения
   *[many] { $count } новых сообщений
}
wire-to-end = К последнему
wire-you = Вы
wire-interrogator = Следователь
wire-muted = Вы это не слышите.
wire-muted-show = Показать слова
wire-you-interrogator = Вы, следователь
wire-moscow = Москва
wire-to-moscow = в Москву
wire-signed-all = всем
wire-signed-you = лично вам
wire-signed-seat = лично: { $seat }
wire-signed-by-you = Подписали вы.
wire-mark-tap = прослушка
wire-mark-opened = вскрыто
wire-sheet-line = строка листа: { $line }
wire-unseen = то, чего вы не читали
wire-empty-open = Пока все молчат. Кому-то придётся начать.
wire-empty-letter = Вы друг другу ещё не писали.
wire-empty-wireless = На этой волне тишина.
wire-empty-moscow = Москва пока ничего не сказала.
wire-empty-room = Лампа включена. Никто не сказал ни слова.
wire-agree = Согласен
wire-refuse = Нет
wire-agreed-by = { $who }: да
wire-refused-by = { $who }: нет

## Как писать

wire-write = Ваше сообщение
wire-write-open = Всем…
wire-write-letter = Запечатанное письмо, кому: { $seat }…
wire-write-wireless = Шифром ({ $book })…
wire-write-moscow = В Москву…
wire-write-sign-all = От имени Москвы, всем…
wire-write-sign = От имени Москвы, кому: { $seat }…
wire-write-room = Через стол…
wire-send = Отправить
wire-sending = Отправляется…
wire-offline = Связи нет. Уйдёт, как только она вернётся.
wire-keys = Enter — отправить, Shift+Enter — новая строка
wire-use-form = На бланке
wire-use-words = Своими словами
wire-length = { $count } из { $most } знаков
wire-over = { $count ->
    [one] лишний { $count } знак
    [few] лишних { $count } знака
   *[many] лишних { $count } знаков
}
wire-left-letter = { $count ->
    [one] на эту ночь { $count } письмо
    [few] на эту ночь { $count } письма
   *[many] на эту ночь { $count } писем
}
wire-left-wireless = { $count ->
    [one] на эту ночь { $count } передача
    [few] на эту ночь { $count } передачи
   *[many] на эту ночь { $count } передач
}
wire-left-sign = { $count ->
    [one] на эту ночь { $count } строка от Москвы
    [few] на эту ночь { $count } строки от Москвы
   *[many] на эту ночь { $count } строк от Москвы
}
wire-not-sent = Не ушло. { $why }
wire-kept = Написано, но не отправлено: { $text }
wire-sign-as = Чья подпись
wire-sign-none = Моя, и прочту только я
wire-sign-all = Москва, всем
wire-sign-seat = Москва, кому: { $seat }
wire-shut-watching = Вы смотрите. Говорят только пятеро за столом.
wire-shut-others = Письма не ваши. Их можно только читать.
wire-shut-room = Вы в Кабинете. Связи нет до конца ночи; потом прочтёте всё, что пропустили.
wire-shut-left_room = Сейчас в Кабинете с вами никого нет.
wire-shut-deal = Связь откроется с первой ночью.
wire-shut-spent = На эту ночь больше ничего не осталось.
wire-shut-spent_sign = На эту ночь Москва сказала достаточно.
wire-shut-phase = Сейчас этот канал закрыт.

## Бланки

wire-form-title = Бланк: каждый прочтёт его на своём языке
wire-form-reads = Прочтут так:
wire-form-kind = Какой бланк
wire-form-seat = Какой офицер
wire-form-role = Какая роль
wire-form-order = Какой приказ
wire-form-sector = Какая дорога
wire-form-level = Какой силы
wire-form-bargain = сделка: одно за другое
wire-form-give = От меня
wire-form-want = Взамен
wire-form-send = Отправить бланк
wire-kind-will = Обязуюсь…
wire-kind-ask = Прошу…
wire-kind-thrust = Удар…
wire-kind-name = Назовём…
wire-kind-am = Я —…
wire-kind-suspect = Подозреваю…
wire-slip-will = обязательство
wire-slip-ask = просьба
wire-slip-thrust = разведка
wire-slip-name = имя
wire-slip-am = кто я
wire-slip-suspect = подозрение
wire-slip-offer = сделка
wire-slip-agree = согласие
wire-slip-refuse = отказ
wire-the-river = реку
wire-the-forest = лес
wire-the-rail = железную дорогу
wire-at-river = у реки
wire-at-forest = в лесу
wire-at-rail = на железной дороге
wire-to-river = к реке
wire-to-forest = в лес
wire-to-rail = к железной дороге
wire-from-river = от реки
wire-from-forest = из леса
wire-from-rail = от железной дороги
wire-do-hold = держать { $the }
wire-do-withdraw = отойти { $from }
wire-do-ambush = устроить засаду { $at }
wire-do-counterattack = контратаковать { $at }
wire-do-mines = поставить мины { $at }
wire-do-guns = перевести орудия { $to }
wire-do-smoke = поставить дымы { $at }
wire-do-request = запросить полк { $to }
wire-do-paperwork = всю ночь заниматься бумагами
wire-says-thrust = Удар { $at } — { $level }.
wire-says-will = Обязуюсь { $do }.
wire-says-ask = { $seat }, прошу { $do }.
wire-says-name = На дознании предлагаю назвать: { $seat }.
wire-says-am = Я — { $role }.
wire-says-suspect = Думаю, { $seat } — это { $role }.
wire-says-offer = От меня: { $give } Взамен: { $want }
wire-says-agree = Согласие: { $what }
wire-says-refuse = Отказ: { $what }
wire-quote = «{ $words }»

## Строки самой Москвы

wire-line-1 = Мы читаем ваши донесения. И то, чего в них нет.
wire-line-2 = Помните, кто одолжил вам эту армию.
wire-line-3 = Отход — это донесение, которое кто-то подписал.
wire-line-4 = На карте в этом кабинете отступлений нет.
wire-line-5 = Ваше молчание подшито к делу.
wire-line-6 = Объяснения присылать заранее.
wire-line-7 = Инициатива будет отмечена. И имя тоже.
wire-line-8 = Москва не спит. Позаботьтесь, чтобы не спали и вы.

## Шифровальные книги

wire-books = Шифровальные книги
wire-books-held = { $count ->
    [0] у вас ни одной
    [one] у вас { $count }
   *[other] у вас { $count }
}
wire-book-yours = у вас
wire-book-dealt = При раздаче: { $roles }
wire-book-compromised = Раскрыт: копию сняли на границе.
wire-books-note = У кого книга, тот читает в ней всё, что было и будет. После раздачи копии могли разойтись.
wire-hand-which = Какая книга
wire-hand-to = Кому
wire-hand = Передать копию
wire-hand-final = Копию получит { $to } и прочтёт всё, что когда-либо передали этим кодом ({ $book }). Забрать её нельзя.
wire-hand-shut = Копию можно передать, пока открыта связь и пока вы свободны.
wire-handed = Копия в пути.

## Конверты

wire-envelopes = Конверты
wire-envelopes-count = { $count ->
    [0] этой ночью нет
   *[other] этой ночью { $count }
}
wire-envelopes-note = Все чужие письма, но снаружи. За ночь можно вскрыть одно.
wire-envelopes-none = Писем ещё нет. Рано или поздно кто-нибудь напишет.
wire-envelope-line = { $from } → { $to }
wire-envelope-open = Вскрыть
wire-envelope-read = Прочесть
wire-envelope-sealed = запечатано
wire-envelope-final = Вскрыть это письмо ({ $from } → { $to })? За ночь можно только одно.

## Перехват

wire-intercepts = Перехват
wire-intercepts-count = { $count ->
    [one] в деле { $count } ночь
    [few] в деле { $count } ночи
   *[many] в деле { $count } ночей
}
wire-intercepts-note = Что было в эфире. У каждого поровну строк одной длины; чего никто не писал, то шум.
wire-intercept-read = Эту вы прочли
