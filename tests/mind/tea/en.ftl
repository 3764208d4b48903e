water-on = Water is on.
how-many = How many cups?
with-milk = { $cups } with milk?
brewing = { $milk ->
    [true] { $cups } cups with milk.
   *[false] { $cups } cups.
}
no-tea = No tea then.
taken-down = Taken down: { $words }.
steeping = { $amount ->
    [none] Steeping for { $duration }.
   *[other] Steeping { $amount } for { $duration }.
}
sorts-are = There is { $sorts }.
poured = A cup of { $sort }.
shops-in = Shops in { $place }.
shelf-has = The { $place } shelf is empty.
ordered = Ordered: { $order }.
smashed = Smashed { $count }.
emptied = Poured away.
error-skill = That can't be.
