import CSQLite

/// Columns of the row a statement stands on, counted from 0. The plain forms promise that the
/// schema allows no NULL there, and trap on one.
extension Statement {
  public func isNull(_ column: Int) -> Bool {
    precondition(isBusy, "no row to read from: \(sql)")
    precondition(column >= 0 && column < columns, "no column \(column) in: \(sql)")
    return sqlite3_column_type(row, Int32(column)) == SQLITE_NULL
  }

  public func optionalInt(_ column: Int) -> Int? {
    isNull(column) ? nil : Int(sqlite3_column_int64(row, Int32(column)))
  }

  public func optionalText(_ column: Int) -> String? {
    guard !isNull(column), let text = sqlite3_column_text(row, Int32(column)) else { return nil }
    let count = Int(sqlite3_column_bytes(row, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
  }

  public func optionalBlob(_ column: Int) -> [UInt8]? {
    guard !isNull(column) else { return nil }
    // SQLite gives no address for a blob of no bytes.
    guard let bytes = sqlite3_column_blob(row, Int32(column)) else { return [] }
    let count = Int(sqlite3_column_bytes(row, Int32(column)))
    return [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
  }

  public func int(_ column: Int) -> Int { promised(optionalInt(column), column) }
  public func bool(_ column: Int) -> Bool { int(column) != 0 }
  public func text(_ column: Int) -> String { promised(optionalText(column), column) }
  public func blob(_ column: Int) -> [UInt8] { promised(optionalBlob(column), column) }

  private func promised<T>(_ value: T?, _ column: Int) -> T {
    guard let value else { preconditionFailure("column \(column) is NULL in: \(sql)") }
    return value
  }
}
