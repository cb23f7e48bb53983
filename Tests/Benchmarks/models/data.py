"""Writes the data of the benchmarks: the same bytes of content on every machine.

Every number comes from a hash of its row, so nothing depends on threads or on a random source.
Customers have a rate of buying and a last day of interest; both depend on their plan, on what
they bought before and on chance, so that there is something to learn and something that is not
to be known.
"""

import os

import duckdb

CUSTOMERS = """
select customer_id, plan, region, channel, signed_up, age
from {source} order by customer_id
"""

# u0, u1, ...: uniform numbers from hashes of the customer. Interest ends after `life` days.
TRAITS = """
select customer_id, signed_day, rate, life,
  ['free', 'basic', 'pro', 'team'][plan_code] as plan,
  ['north', 'south', 'east', 'west', 'abroad', 'unknown'][1 + (hash(customer_id + 17) % 6)::int] as region,
  ['search', 'friends', 'shop', 'mail'][1 + (hash(customer_id + 19) % 4)::int] as channel,
  date '2022-01-01' + signed_day as signed_up,
  case when hash(customer_id + 23) % 12 = 0 then null else (18 + hash(customer_id + 29) % 60)::int end as age
from (
  select customer_id, plan_code, signed_day,
    exp(1.4 * (u0 + u1 + u2 - 1.5)) * (0.6 + 0.25 * plan_code) as rate,
    -ln(1e-9 + u3) * (150 + 130 * plan_code + 240 * (u0 + u1 + u2 - 1.5)) + 40 as life
  from (
    select i as customer_id, 1 + (hash(i + 5) % 4)::int as plan_code, (hash(i + 7) % 640)::int as signed_day,
      (hash(i + 1) % 1000003) / 1000003.0 as u0, (hash(i + 2) % 1000003) / 1000003.0 as u1,
      (hash(i + 3) % 1000003) / 1000003.0 as u2, (hash(i + 4) % 1000003) / 1000003.0 as u3
    from range(1, {customers} + 1) t(i))
)
"""

# Each customer's share of the orders follows rate and life; their days are spread over the life.
ORDERS = """
with wanted as (
  select *, least(signed_day + life, 850) as end_day,
    rate * least(life, 850 - signed_day) as weight
  from traits),
planned as (
  select *, greatest(1, round({orders} * weight / (select sum(weight) from wanted)))::int as n from wanted)
select row_number() over (order by ordered_at, customer_id, k) as order_id, * exclude (k) from (
select customer_id, k,
  timestamp '2022-01-01' + to_seconds((86400 * (signed_day + (end_day - signed_day)
    * (hash(customer_id * 7919 + k) % 1000003) / 1000003.0))::bigint) as ordered_at,
  round(5 + 60 * rate * (0.2 + (hash(customer_id * 104729 + k) % 10007) / 10007.0), 2)::double as amount,
  (1 + hash(customer_id * 15485863 + k) % 5)::int as items,
  ['web', 'app', 'shop'][1 + (hash(customer_id * 32452843 + k) % 3)::int] as device,
  hash(customer_id * 49979687 + k) % 25 = 0 as returned
from planned, unnest(range(n)) u(k))
order by order_id
"""


def shop(folder, customers, orders, form):
    """Files of a shop; `form` is parquet or csv."""
    os.makedirs(folder, exist_ok=True)
    names = [f"{folder}/{name}.{form}" for name in ("customers", "orders")]
    if all(os.path.exists(name) for name in names):
        return
    engine = duckdb.connect()
    engine.execute("set preserve_insertion_order = true")
    engine.execute("create table traits as " + TRAITS.format(customers=customers))
    options = "format parquet" if form == "parquet" else "format csv, header"
    for name, query in zip(names, [CUSTOMERS.format(source="traits"), ORDERS.format(orders=orders)]):
        engine.execute(f"copy ({query}) to '{name}.new' ({options})")
        os.replace(name + ".new", name)


def table(path, rows):
    """Twenty columns of numbers in the shape of a bell, a yes or no that depends on them."""
    if os.path.exists(path):
        return
    # Three numbers of twenty bits from one hash; a sum of three is close to a bell.
    part = "((h{c} >> {bits}) & 1048575) / 524288.0"
    columns = ", ".join(
        "round(" + " + ".join(part.format(c=c, bits=20 * k) for k in range(3)) + f" - 3, 4)::double as x{c}"
        for c in range(20))
    hashes = ", ".join(f"hash(i * 131 + {c}) as h{c}" for c in range(20))
    score = " + ".join(f"{(-1) ** c * (0.05 + 0.03 * c):.2f} * x{c}" for c in range(20))
    duckdb.sql(
        f"""copy (select *, (hash(id + 991) % 1000003) / 1000003.0 < 1 / (1 + exp(0.5 - ({score}))) as y
        from (select i as id, {columns} from (select i, {hashes} from range(1, {rows} + 1) t(i))))
        to '{path}.new' (format parquet)""")
    os.replace(path + ".new", path)
