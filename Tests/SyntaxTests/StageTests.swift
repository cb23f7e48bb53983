import Syntax
import Testing

/// Each verb and clause as the checker gets it.
@Suite struct StageTests {
  @Test(arguments: [
    ("where a > 1", "(where (> a 1))"),
    ("where rank(-spend) <= 3 by region", "(where (<= (call rank (neg spend)) 3) (:by region))"),
    ("derive a = 1, b", "(derive (= a 1) b)"),
    (
      "derive gap = days(at - lag(at)) by customer_id sort at rows -6..0",
      "(derive (= gap (call days (sum at -(call lag at)))) (:by customer_id) (:sort at) (:rows (.. (neg 6) 0)))"
    ),
    (
      "derive s = sum(x) by all sort d rows ..0",
      "(derive (= s (call sum x)) (:by #all) (:sort d) (:rows (.. <missing> 0)))"
    ),
    ("derive a = 1 by `all`", "(derive (= a 1) (:by all))"),
    ("select id, total = amount * 2", "(select id (= total (product amount *2)))"),
    ("drop a, columns(\"q_*\")", #"(drop a (call columns "q_*"))"#),
    ("rename id = customer_id, b = `c d`", "(rename (= id customer_id) (= b c d))"),
    (
      "summarize n = count() where ok, sum(x) by month = month(at), plan",
      "(summarize (= n (filter (call count) ok)) (call sum x) (:by (= month (call month at)) plan))"
    ),
    ("sort -spend, name", "(sort (neg spend) name)"),
    ("take 3 by region sort -spend", "(take 3 (:by region) (:sort (neg spend)))"),
    ("top 5% by spend", "(top 5% (:by spend))"), ("distinct", "(distinct)"),
    ("distinct a, b", "(distinct a b)"),
    ("sample 10% on k by plan seed 7", "(sample 10% (:on k) (:by plan) (:seed 7))"),
    ("split 70%, 15% on id seed 3", "(split 70% 15% (:on id) (:seed 3))"),
    ("split before @2000-03-01 on at", "(split #before @11017 (:on at))"),
    ("join customers on customer_id", "(join customers (:on customer_id))"),
    (
      "join left many (b | take 5) as p on id, x == y",
      "(join #left #many (pipe b (take 5)) (:as #p) (:on id (== x y)))"
    ),
    (
      "join asof p on sku at t >= f within 90d",
      "(join #asof p (:on sku) (:at (>= t f)) (:within 7776000000000us))"
    ),
    (
      "join window o on id at c > t within 9d into n = count(), s = sum(x) where ok",
      "(join #window o (:on id) (:at (> c t)) (:within 777600000000us) (:into (= n (call count)) (= s (filter (call sum x) ok))))"
    ),
    ("join cross numbers(1..3)", "(join #cross (call numbers (.. 1 3)))"),
    ("join `left` on a", "(join left (:on a))"), ("join $left on a", "(join $left (:on a))"),
    ("union a, (b | take 1)", "(union a (pipe b (take 1)))"), ("except a", "(except a)"),
    ("intersect wh.s.t", "(intersect (. (. wh s) t))"),
    (
      "series r = sum(x) at week = at every 1 week over @2000-03 fill 0 by c",
      "(series (= r (call sum x)) (:at (= week at)) (:every 604800000000us) (:over @11017..<11048) (:fill 0) (:by c))"
    ),
    (
      "pivot sum(x) by id across month in [1, 2]",
      "(pivot (call sum x) (:by id) (:across (in month (list 1 2))))"
    ),
    ("unpivot q1, q2 as quarter, amount", "(unpivot q1 q2 (:as #quarter #amount))"),
    ("unnest items as item", "(unnest items (:as #item))"),
    ("label a = pii, b = money(USD)", "(label (= a pii) (= b (call money USD)))"),
    ("reveal email because \"why\"", #"(reveal email (:because "why"))"#),
    (
      "expect unique(id), e != null for 99% else warn",
      "(expect (call unique id) (for (!= e null) 99%) (:else #warn))"
    ),
    ("expect a else quarantine \"b.csv\"", #"(expect a (:else #quarantine "b.csv"))"#),
    (
      "train y ~ a + log(b) - c + d:e using logistic() folds 5 on k seed 4",
      "(train (~ y +a +(call log b) -c +(: d e)) (:using #logistic) (:folds 5) (:on k) (:seed 4))"
    ),
    (
      "train y ~ . - t + $f + (a * b) using gbm(n = 3) tune 30 on auc calibrate isotonic allow protected weight w",
      "(train (~ y +. -t +$f +(group +(* a b))) (:using #gbm (= n 3)) (:tune #auc 30) (:calibrate #isotonic) (:allow #protected) (:weight w))"
    ),
    ("train ~ a + b using kmeans(k = 4)", "(train (~ _ +a +b) (:using #kmeans (= k 4)))"),
    (
      "train revenue using ets(at = month) by r",
      "(train (~ revenue) (:using #ets (= at month)) (:by r))"
    ),
    ("train using als(user = u)", "(train (:using #als (= user u)))"),
    (
      "predict model \"m\" as p explain 3 horizon 12",
      #"(predict (model "m") (:as #p) (:explain 3) (:horizon 12))"#
    ),
    (
      "evaluate m at top 10% by r allow training",
      "(evaluate m (:at #top 10%) (:by r) (:allow #training))"
    ),
    ("evaluate m at $top", "(evaluate m (:at $top))"), ("explain m by k", "(explain m (:by k))"),
    (
      "route d { a -> no \"BAD\", b > 1 -> read \"R\" to \"q\" within 2d, else -> ok, } audit 5%",
      #"(route d (-> a no "BAD") (-> (> b 1) read "R" (to "q") (within 172800000000us)) (else ok) (:audit 5%))"#
    ),
    (
      "chart line(x = month, y = r, title = \"T\")",
      #"(chart #line (= x month) (= y r) (= title "T"))"#
    ),
    ("show", "(show)"), ("show f\"{$x}\"", "(show (text (hole $x)))"),
    ("save \"out/x.csv\" append on k", #"(save "out/x.csv" (:append) (:on k))"#),
    ("save wh.s.t replace", "(save (. (. wh s) t) (:replace))"),
    ("save model \"m\"", #"(save (model "m"))"#),
    ("rfm(a, b, as_of = @2025)", "(apply rfm a b (= as_of @20089..<20454))"),
    ("finance.npv(0.1)", "(apply finance.npv 0.1)"), ("count by plan", "(apply count (:by plan))"),
    ("value", "(apply value)"), ("`where`(a)", "(apply where a)"),
  ])
  func trees(_ stage: String, _ tree: String) {
    #expect(Source.dump("orders | " + stage) == "(pipe orders \(tree))")
  }

  /// Words of the language are columns wherever they are not the word.
  @Test(arguments: ["by", "sort", "on", "at", "as", "days", "label", "where", "rows", "top", "all"])
  func contextualWordsAreNames(_ word: String) {
    let tree = "(pipe o (select \(word)) (where (> \(word) 1)) (sort \(word)) (drop \(word)))"
    #expect(
      Source.dump("o | select \(word) | where \(word) > 1 | sort \(word) | drop \(word)") == tree)
  }
}
