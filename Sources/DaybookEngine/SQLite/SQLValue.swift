import CSQLite
import DaybookCore

/// What can be bound to a `?` of a statement; nil is NULL.
public protocol SQLValue {
  /// Binds to parameter `index` (from 1). Returns SQLite's result code.
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32
}

// SQLITE_TRANSIENT, which is a cast in C: SQLite copies the bytes before the call returns.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension Int64: SQLValue {
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, self)
  }
}

extension Int: SQLValue {
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, Int64(self))
  }
}

/// 1 or 0.
extension Bool: SQLValue {
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, self ? 1 : 0)
  }
}

extension String: SQLValue {
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    var text = self
    return text.withUTF8 { bytes in
      let base = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
      // Without an address SQLite would bind NULL.
      guard let base else { return sqlite3_bind_text(statement, index, "", 0, transient) }
      return sqlite3_bind_text(statement, index, base, Int32(bytes.count), transient)
    }
  }
}

extension [UInt8]: SQLValue {
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    // Without an address SQLite would bind NULL.
    guard !isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
    return withUnsafeBytes { bytes in
      sqlite3_bind_blob(statement, index, bytes.baseAddress, Int32(bytes.count), transient)
    }
  }
}

/// The day's number, as SQL sorts and compares it.
extension Day: SQLValue {
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    number.bind(to: statement, at: index)
  }
}

/// Microseconds since 1970.
extension Instant: SQLValue {
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    microseconds.bind(to: statement, at: index)
  }
}

/// A blob of 32 bytes.
extension Digest: SQLValue {
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    bytes.bind(to: statement, at: index)
  }
}
