import Glibc

@testable import daybook

/// The built `daybook` as a process, with this environment only and no terminal unless one is
/// given. Ended when it is let go.
///
/// Not Foundation's: that waits for the end of pipes which other children may have inherited.
final class ProgramRun {
  private(set) var pid: pid_t = 0
  private let folder = TestFolder()

  struct Failure: Error {
    var number: Int32
  }

  /// How it ended and what it said. `signal`: it was ended by one.
  struct End: Equatable {
    var status: Int32
    var signal: Int32 = 0
    var out = ""
    var err = ""
  }

  /// Beside the running tests, where the build put it.
  static let path: String = {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let tests = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    return tests.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/daybook"
  }()

  /// `out` takes the place of the file that standard output goes to.
  init(
    _ arguments: [String], daemon: FakeDaemon? = nil, environment: [String: String] = [:],
    input: String = "/dev/null", out: Int32? = nil
  ) throws {
    var environment = environment
    if let daemon { environment["DAYBOOK_SOCKET"] = daemon.socket }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let create = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    if let out {
      posix_spawn_file_actions_adddup2(&actions, out, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, folder.path + "/out", create, 0o600)
    }
    posix_spawn_file_actions_addopen(&actions, 2, folder.path + "/err", create, 0o600)
    // What is not open is passed over.
    for fd in 3..<1_024 as Range<Int32> { posix_spawn_file_actions_addclose(&actions, fd) }
    var argv = ([ProgramRun.path] + arguments).map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    let result = posix_spawn(&pid, ProgramRun.path, &actions, nil, &argv, &envp)
    guard result == 0 else { throw Failure(number: result) }
  }

  deinit {
    guard pid > 0 else { return }
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }

  func signal(_ number: Int32) {
    precondition(pid > 0, "0 would be everybody")
    kill(pid, number)
  }

  func end() -> End {
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    pid = 0
    let signal = status & 0x7f
    return End(
      status: signal == 0 ? status >> 8 & 0xff : -1, signal: signal, out: text("out"),
      err: text("err"))
  }

  private func text(_ name: String) -> String {
    let fd = open("\(folder.path)/\(name)", O_RDONLY | O_CLOEXEC)
    guard fd >= 0 else { return "" }
    defer { close(fd) }
    var out: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while case let count = read(fd, &buffer, buffer.count), count > 0 {
      out += buffer.prefix(count)
    }
    return String(decoding: out, as: UTF8.self)
  }
}
