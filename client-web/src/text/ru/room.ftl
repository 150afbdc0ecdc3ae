# Комната вокруг игры: закрытая дверь, малые формы сбора, строка и личные дела за столом.

room-closed-help-taken_over = За этим столом вы сидите в другом окне или на другой машине. Играет только одно из них.
room-closed-help-barred = Так решил хозяин. Вас примут в другой комнате.
room-closed-help-no_such_room = Сверьте код с тем, кто его прислал. Опустевшие комнаты убирают.
room-closed-help-frozen = Сыгранное не пропало. Загляните немного позже.
room-closed-help-other = Вызовите снова. Если не поможет, перезагрузите страницу.

room-rename = Сменить имя
room-rename-save = Сменить
room-hand-final = Теперь в этой комнате решает { $name }. Вернуть это право сможет только новый хозяин.
room-here = на связи
room-not-here = не на связи
room-missing = Не хватает
room-nobody-here = Вы одни? Заполните стол ботами и начинайте: два нажатия.

room-owe = За вами
room-menu = Стол
room-menu-people = Люди за столом
room-menu-alone = Кроме вас — только боты.
room-dismiss-final = { $name } покидает партию насовсем, и место займёт бот.
room-suspicion-scale = С { $summons } могут вызвать на допрос. С { $condemned } в конце ждёт приговор.
room-moved-up = больше на { $count }
room-moved-down = меньше на { $count }
room-deal-first = Читайте, пока никто не смотрит через плечо.
room-cover-note = Переверните, когда никто не смотрит через плечо.
room-cover-open = Перевернуть
room-cover-shut = Накрыть
room-tab-owed = Есть несделанное
room-tab-report = Новая сводка

## Что говорит голос

room-news-report = Пришла сводка за ночь { $turn }.
room-news-summoned = { $seat }: вызов на допрос.
room-news-summoned-me = Вас вызывают на допрос.
room-news-locked = Вы на допросе. До конца ночи остальная связь отключена.
