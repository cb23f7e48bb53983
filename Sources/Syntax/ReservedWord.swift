/// The twelve words that are never names without backquotes.
enum ReservedWord {
  static func kind(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Token.Kind? {
    func spells(_ word: StaticString) -> Bool { bytes.spells(word, at: start, limit: end) }
    switch end - start {
    case 2: return spells("in") ? .in : spells("or") ? .or : spells("if") ? .if : it(bytes, start)
    case 3: return spells("and") ? .and : spells("not") ? .not : nil
    case 4:
      return spells("then")
        ? .then
        : spells("else")
          ? .else : spells("case") ? .case : spells("true") ? .true : spells("null") ? .null : nil
    case 5: return spells("false") ? .false : nil
    default: return nil
    }
  }

  private static func it(_ bytes: [UInt8], _ start: Int) -> Token.Kind? {
    bytes.spells("it", at: start, limit: start + 2) ? .it : nil
  }
}
