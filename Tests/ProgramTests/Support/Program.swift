import Foundation

/// One of the built programs as a child process. Not Foundation's `Process`: that waits for the
/// end of pipes which other children may have inherited.
final class Program {
  let pid: pid_t
  private var ended: Int32?

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// The folder of the programs: where the running tests are.
  static let folder: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (own as NSString).deletingLastPathComponent
  }()

  /// - Parameters:
  ///   - input: becomes its standard input; nil: there is nothing to read.
  ///   - output: file that gets both its streams, or standard output only when `errors` is given.
  init(
    _ name: String, _ arguments: [String], environment: [String: String] = [:],
    input: Int32? = nil, output: String, errors: String? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    for (fd, path) in [(1, output), (2, errors ?? output)] as [(Int32, String)] {
      posix_spawn_file_actions_addopen(&actions, fd, path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    }
    for fd in 3..<1_024 as Range<Int32> { posix_spawn_file_actions_addclose(&actions, fd) }
    let path = "\(Program.folder)/\(name)"
    var argv = ([path] + arguments).map { strdup($0) } + [nil]
    var envp =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var child: pid_t = 0
    let result = posix_spawn(&child, path, &actions, nil, &argv, &envp)
    guard result == 0 else { throw Failure(description: "cannot start \(path): error \(result)") }
    pid = child
  }

  deinit {
    if ended == nil { kill() }
  }

  /// SIGKILL, and its end taken in.
  func kill() {
    signal(SIGKILL)
    _ = wait()
  }

  func signal(_ number: Int32) {
    if ended == nil { Foundation.kill(pid, number) }
  }

  /// Blocks until it ends: its exit status, or 128 + N after signal N.
  func wait() -> Int32 {
    if let ended { return ended }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    let code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    ended = code
    return code
  }
}

/// Runs `body` on a thread of its own, where it may block: the tests' pool has few.
func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
  try await withCheckedThrowingContinuation { continuation in
    Thread { continuation.resume(with: Result { try body() }) }.start()
  }
}

/// Blocks until `condition` holds; throws when it does not within the time.
func wait(
  _ seconds: Double, for what: @autoclosure () -> String, until condition: () throws -> Bool
) throws {
  let end = Date(timeIntervalSinceNow: seconds)
  while try !condition() {
    guard Date() < end else {
      throw Program.Failure(description: "not within \(seconds) s: \(what())")
    }
    usleep(5_000)
  }
}
