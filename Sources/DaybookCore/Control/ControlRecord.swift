/// A struct of the interface as a table of its members: one list for both directions, so that they
/// cannot differ.
protocol ControlRecord: ControlValue {
  /// A value whose required members are all about to be replaced.
  static var blank: Self { get }
  static var fields: [ControlField<Self>] { get }
}

/// One member of a record.
struct ControlField<Record> {
  var name: String
  /// Nil: the member is left out.
  var write: (Record) -> JSONValue?
  var read: (inout Record, JSONValue?) throws(ControlFault) -> Void

  /// A member that is always there.
  init<V: ControlValue>(_ name: String, _ path: WritableKeyPath<Record, V>) {
    self.name = name
    write = { $0[keyPath: path].json }
    read = { (record, json) throws(ControlFault) in
      record[keyPath: path] = try V.read(json ?? .null)
    }
  }

  /// A member that is always written, and that a daemon of before lacks.
  init<V: ControlValue>(_ name: String, _ path: WritableKeyPath<Record, V>, unless old: V) {
    self.name = name
    write = { $0[keyPath: path].json }
    read = { (record, json) throws(ControlFault) in
      record[keyPath: path] = try json.map { json throws(ControlFault) in try V.read(json) } ?? old
    }
  }

  /// A member that may be left out or null (`?type`).
  init<V: ControlValue>(_ name: String, _ path: WritableKeyPath<Record, V?>) {
    self.name = name
    write = { $0[keyPath: path]?.json }
    read = { (record, json) throws(ControlFault) in
      let present = json.flatMap { $0.isNull ? nil : $0 }
      if let present { record[keyPath: path] = try V.read(present) }
    }
  }

  /// A member that is computed, or stored in another form.
  init<V: ControlValue>(
    _ name: String, _ get: @escaping (Record) -> V, _ set: @escaping (inout Record, V) -> Void
  ) {
    self.name = name
    write = { get($0).json }
    read = { (record, json) throws(ControlFault) in set(&record, try V.read(json ?? .null)) }
  }
}

extension ControlRecord {
  var json: JSONValue {
    .record(Self.fields.map { ($0.name, $0.write(self)) })
  }

  /// Members that are not of the table are passed over: a newer daemon may say more.
  static func read(_ json: JSONValue) throws(ControlFault) -> Self {
    guard json.object != nil else { throw ControlFault("an object") }
    var record = Self.blank
    for field in Self.fields {
      do { try field.read(&record, json[field.name]) } catch {
        throw error.below(field.name)
      }
    }
    return record
  }
}
