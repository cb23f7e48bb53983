/// The relations that the examples of the manual speak of, as programs.
package enum ExampleData {
  /// For verbs.
  package static let shop = """
    let orders = rows [
      {order_id: 1, customer_id: 1, ordered_at: @2025-01-06, region: "EMEA", status: "paid", amount: 40.0, discount: 0.0},
      {order_id: 2, customer_id: 2, ordered_at: @2025-01-20, region: "AMER", status: "paid", amount: 25.0, discount: 5.0},
      {order_id: 3, customer_id: 1, ordered_at: @2025-02-03, region: "EMEA", status: "sent", amount: 60.0, discount: 0.0},
      {order_id: 4, customer_id: 3, ordered_at: @2025-02-10, region: null, status: "paid", amount: null, discount: 0.0},
      {order_id: 5, customer_id: 2, ordered_at: @2025-03-01, region: "AMER", status: "sent", amount: 10.0, discount: 0.0},
    ]
    let customers = rows [
      {customer_id: 1, name: "Ann", plan: "pro"},
      {customer_id: 2, name: "Bob", plan: "free"},
      {customer_id: 4, name: "Dee", plan: "pro"},
    ]
    """

  /// For functions over columns: one wide relation, whose columns their examples name.
  package static let visits = """
    let visits = rows [
      {customer_id: 1, plan: "pro", at: @2025-01-06, page: "home", amount: 20.0, quantity: 2, price: 9.5, spend: 120.0, revenue: 100.0,
       balance: 10.0, rate: 0.02, z: 0.5, age: 34, paid: true, churned: false, email: "ann@example.com"},
      {customer_id: 1, plan: "pro", at: @2025-01-09, page: "pay", amount: 35.0, quantity: 1, price: 9.0, spend: 120.0, revenue: 110.0,
       balance: -5.0, rate: 0.01, z: -1.0, age: 34, paid: true, churned: false, email: "ann@example.com"},
      {customer_id: 2, plan: "free", at: @2025-01-10, page: "home", amount: null, quantity: 4, price: 9.2, spend: 40.0, revenue: 88.0,
       balance: 0.0, rate: -0.01, z: 2.0, age: 51, paid: false, churned: true, email: null},
      {customer_id: 3, plan: "free", at: @2025-01-14, page: "home", amount: 5.0, quantity: 3, price: 9.9, spend: 75.0, revenue: 132.0,
       balance: 7.5, rate: 0.03, z: 0.0, age: 42, paid: false, churned: false, email: "cid@example.com"},
    ]
    """
}

extension ExampleData {
  /// For estimators: who stays and who leaves.
  package static let members = """
    let members = numbers(1..200)
      | derive
          tenure = mod(n * 37, 60), plan = if mod(n, 3) == 0 then "pro" else "free",
          visits = mod(n * 7, 5), fee = 20.0 + 0.5 * mod(n * 37, 60) + mod(n * 11, 7),
          left = mod(n * 37, 60) + mod(n * 13, 40) < 30
    """

  /// For the programs that explain findings.
  package static let explanations = """
    let orders = rows [
      {order_id: 1, customer_id: 1, ordered_at: @2025-01-31, plan: "pro", region: "EMEA",
       status: "paid", amount: 10.0, net: 8.0, discount: 2.0, name: "Ann", code: "a", paid: true, a: 1.0, b: 2.0},
      {order_id: 2, customer_id: 2, ordered_at: @2025-02-28, plan: "free", region: "AMER",
       status: "sent", amount: 20.0, net: 9.0, discount: 1.0, name: "Bob", code: "b", paid: null, a: 1.0, b: 2.0},
    ]
    let customers = rows [{customer_id: 1, age: 30}, {customer_id: 2, age: 40}]
    let refunds = rows [{order_id: 1, amount: 5.0}]
    let visits = rows [{customer_id: 1, at: @2025-01-31, page: "home"}]
    let touches = rows [{customer_id: 1, channel: "mail"}, {customer_id: 1, channel: "web"}]
    """
}
