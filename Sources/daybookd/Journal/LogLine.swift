import DaybookCore
import Glibc

/// How an entry looks, in the journal and on a terminal. Each is one line: control characters,
/// which could come from a server, are written as escapes.
enum LogLine {
  /// The fields of a journal entry, `NAME=value` (systemd.journal-fields(7)).
  static func fields(_ entry: Entry) -> [String] {
    var fields = [
      "MESSAGE=\(text(entry))",
      "PRIORITY=\(entry.message.priority.rawValue)",
      "MESSAGE_ID=\(entry.message.id)",
      "SYSLOG_IDENTIFIER=daybookd",
    ]
    func add(_ name: String, _ value: String?) {
      if let value { fields.append("\(name)=\(escapedForTerminal(value))") }
    }
    add("DAYBOOK_ACCOUNT", entry.account)
    add("DAYBOOK_PROVIDER", entry.provider)
    add("DAYBOOK_STREAM", entry.stream)
    add("DAYBOOK_DAY", entry.day?.description)
    return fields
  }

  /// For a file or a pipe: the time in UTC, then the text.
  static func plain(_ entry: Entry, at time: Instant) -> String {
    "\(Instant(seconds: time.seconds).rfc3339) \(text(entry))\n"
  }

  /// For a person: the local time, and with `colour` the severity as a colour (ECMA-48).
  static func terminal(_ entry: Entry, at time: Instant, colour: Bool) -> String {
    let text = text(entry)
    guard colour else { return "\(local(time)) \(text)\n" }
    let shade = shade(entry.message.priority)
    let shaded = shade.map { "\u{1b}[\($0)m\(text)\u{1b}[0m" } ?? text
    return "\u{1b}[2m\(local(time))\u{1b}[0m \(shaded)\n"
  }

  /// `me-moves storyline: stored 2016-06-18`: whom it is about stands in front, so that a line says
  /// all without its fields.
  private static func text(_ entry: Entry) -> String {
    let day = entry.day.map { "\($0)" }.flatMap { entry.text.contains($0) ? nil : $0 }
    let subject = [entry.account, entry.stream, day].compactMap { $0 }.joined(separator: " ")
    return escapedForTerminal(subject.isEmpty ? entry.text : "\(subject): \(entry.text)")
  }

  private static func shade(_ priority: Priority) -> String? {
    switch priority {
    case .critical, .error: "31"
    case .warning: "33"
    case .notice: "1"
    case .info: nil
    case .debug: "2"
    }
  }

  /// `09:05:00` where this machine is.
  private static func local(_ time: Instant) -> String {
    var seconds = time_t(time.seconds)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return time.rfc3339 }
    return clock(Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec))
  }

  private static func clock(_ hour: Int, _ minute: Int, _ second: Int) -> String {
    [hour, minute, second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
