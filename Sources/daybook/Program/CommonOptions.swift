import ArgumentParser
import DaybookCore

/// What every command understands, before its name or after it.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The daemon's control socket.", valueName: "path"))
  var socket: String?

  @Flag(help: "Print JSON for programs instead of text.")
  var json = false

  func validate() throws {
    guard let socket else { return }
    guard !socket.isEmpty else { throw ValidationError("--socket needs a path") }
  }
}

/// Arguments as typed values. What a text cannot be read as is a usage error that says why.
enum ArgumentValue {
  /// The name of an account or stream.
  static func name(_ text: String) throws -> String {
    guard Name.isValid(text) else { throw ValidationError(Name.rule) }
    return text
  }

  /// `YYYY-MM-DD`
  static func day(_ text: String) throws -> Day {
    guard let day = Day(text) else { throw ValidationError("a day is YYYY-MM-DD") }
    return day
  }

  /// `90`, `90s`, `10m`, `2h`, `1d`, in seconds.
  static func span(_ text: String) throws -> Int64 {
    guard let seconds = DurationText.seconds(text) else {
      throw ValidationError("a time is 90s, 10m, 2h or 1d")
    }
    return seconds
  }
}
