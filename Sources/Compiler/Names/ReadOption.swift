/// The options that `read` knows.
package enum ReadOption: String, CaseIterable, Sendable {
  case format, header, types, missing, delimiter, columns
  case quote, escape, encoding, decimal, thousands, skip, comment, pad
  case dateFormat = "date_format"
  case timestampFormat = "timestamp_format"
  case numberRows = "number_rows"

  /// Which files it says something of.
  package enum Reach: Sendable {
    case all, text, delimited
  }

  package var reach: Reach {
    switch self {
    case .format, .types, .columns, .numberRows: .all
    case .dateFormat, .timestampFormat: .text
    case .header, .missing, .delimiter, .quote, .escape, .encoding, .decimal, .thousands, .skip,
      .comment, .pad:
      .delimited
    }
  }

  /// One line for the help, with a value as it is written.
  package var summary: String {
    switch self {
    case .format: "the format, whatever the ending says: `format = \"csv\"`"
    case .header: "whether the first line has the names: `header = false`"
    case .types: "the types of columns: `types = {id: \"text\", price: \"decimal(12, 2)\"}`"
    case .missing: "what stands for nothing: `missing = [\"NA\", \"-\"]`"
    case .delimiter: "what stands between fields: `delimiter = \";\"`"
    case .columns: "the names of all columns: `columns = [\"id\", \"price\"]`"
    case .quote: "the sign around texts, empty for none: `quote = \"'\"`"
    case .escape: "the sign before a quote inside a text: `escape = \"\\\\\"`"
    case .encoding: "how letters are stored: `encoding = \"latin-1\"`, or utf-8, utf-16"
    case .decimal: "the decimal point: `decimal = \",\"`"
    case .thousands: "what groups digits: `thousands = \".\"`"
    case .skip: "how many lines stand before the table: `skip = 2`"
    case .comment: "the sign that starts a line to pass over: `comment = \"#\"`"
    case .pad: "whether short lines are filled up with nothing: `pad = true`"
    case .dateFormat: "how dates are written: `date_format = \"%d/%m/%Y\"`"
    case .timestampFormat: "how instants are written: `timestamp_format = \"%d.%m.%Y %H:%M\"`"
    case .numberRows: "a further column with the number of the row: `number_rows = \"row\"`"
    }
  }
}

extension ReadOption {
  /// What other readers of files call them.
  static let elsewhere: [String: String] = [
    "sep": "delimiter", "separator": "delimiter", "seperator": "delimiter", "delim": "delimiter",
    "na": "missing", "na_values": "missing", "null": "missing", "nullstr": "missing",
    "nulls": "missing", "null_values": "missing", "dtype": "types", "dtypes": "types",
    "col_types": "types", "schema": "types", "names": "columns", "col_names": "columns",
    "quotechar": "quote", "quote_char": "quote", "escapechar": "escape", "charset": "encoding",
    "locale": "decimal", "decimal_separator": "decimal", "decimal_comma": "decimal",
    "decimal_mark": "decimal", "grouping_mark": "thousands", "skiprows": "skip",
    "skip_rows": "skip", "comments": "comment", "fill": "pad", "null_padding": "pad",
    "dateformat": "date_format", "parse_dates": "date_format", "dates": "date_format",
    "timestampformat": "timestamp_format", "datetime_format": "timestamp_format",
    "times": "timestamp_format", "row_number": "number_rows", "index": "number_rows",
  ]
}
