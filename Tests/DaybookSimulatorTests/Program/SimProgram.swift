import DaybookCore
import Glibc
import Testing

@testable import DaybookSimulator

/// The built `daybook-sim` as a process.
final class SimProgram {
  let pid: pid_t
  private let output: Int32
  private let errors: Int32

  /// Beside the running tests, where the build put it.
  static let path: String = {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let own = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
    return own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/daybook-sim"
  }()

  convenience init(_ arguments: String...) throws { try self.init(arguments) }

  init(_ arguments: [String]) throws {
    var out: [Int32] = [-1, -1]
    var err: [Int32] = [-1, -1]
    guard pipe(&out) == 0, pipe(&err) == 0 else { throw SystemError("pipe") }
    for fd in out + err { _ = fcntl(fd, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO)
    var words = ([SimProgram.path] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let status = posix_spawn(&child, SimProgram.path, &actions, nil, words, [nil])
    close(out[1])
    close(err[1])
    pid = child
    output = out[0]
    errors = err[0]
    guard status == 0 else {
      errno = status
      throw SystemError("spawn \(SimProgram.path)")
    }
  }

  deinit {
    close(output)
    close(errors)
  }

  /// The first line on standard output; what came before its end when it ended.
  func line() -> String {
    var out: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1, byte != 10 { out.append(byte) }
    return String(decoding: out, as: UTF8.self)
  }

  /// What `ready` says: the origin of the server.
  func origin() -> String {
    let line = self.line()
    return line.hasPrefix("ready ") ? String(line.dropFirst(6)) : ""
  }

  func signal(_ number: Int32) { kill(pid, number) }

  /// Exit status, and all that is left on both outputs.
  func end() -> (status: Int32, output: String, errors: String) {
    let out = SimProgram.rest(output)
    let err = SimProgram.rest(errors)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    let code = status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
    return (code, out, err)
  }

  /// Serves while the body runs, which gets the origin; its errors are the test's.
  static func serving<T>(_ arguments: String..., body: (String) throws -> T) throws -> T {
    let program = try SimProgram(arguments)
    defer {
      program.signal(SIGTERM)
      let end = program.end()
      #expect(end.status == 0 && end.errors.isEmpty, "\(arguments): \(end.errors)")
    }
    return try body(program.origin())
  }

  /// Where the person's answer redirects to, and the fields that it has.
  static func agree(_ arguments: String...) throws -> (target: String, fields: [SimField]) {
    let agree = try SimProgram(["agree"] + arguments)
    let line = agree.line()
    let end = agree.end()
    #expect(end.status == 0 && end.errors.isEmpty, "\(end.errors)")
    let parts = line.split(separator: "?", maxSplits: 1)
    return (String(parts.first ?? ""), FormText.fields(parts.count > 1 ? String(parts[1]) : ""))
  }

  /// Three days ago in the zone that people have without an option: nothing comes any more, unless
  /// it is late.
  static var pastDay: Day {
    let zone = SimZone(id: "Europe/Helsinki", standard: 7_200, summer: .europe)
    return zone.day(at: SimServer.wallClock()) - 3
  }

  private static func rest(_ fd: Int32) -> String {
    var out: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(fd, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: out, as: UTF8.self) }
      out += buffer[..<count]
    }
  }
}
