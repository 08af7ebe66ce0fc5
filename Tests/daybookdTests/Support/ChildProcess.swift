import Glibc

/// A program started by a test. Its standard output goes to the file `output` in its folder; it
/// reads nothing. It is killed when it is let go.
///
/// Not Foundation's: that waits for descriptors which other children may have inherited.
final class ChildProcess {
  struct Failure: Error { var text: String }

  let outputFile: String
  private let program: String
  private let pid: pid_t
  private var status: Int32?

  /// Finds the program in PATH.
  init(_ program: String, _ arguments: [String], in folder: String) throws {
    self.program = program
    outputFile = folder + "/output"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var words = (["env", "-C", folder, program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var pid: pid_t = 0
    guard posix_spawnp(&pid, "env", &actions, nil, &words, environ) == 0 else {
      throw Failure(text: "cannot start a process")
    }
    self.pid = pid
  }

  deinit {
    guard status == nil else { return }
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }

  /// Blocks until the program has ended; throws unless it succeeded. 127: it is not installed.
  func finish() throws {
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    self.status = status
    guard status == 0 else {
      throw Failure(text: "\(program), which this test needs, ended with \(status >> 8 & 0xff)")
    }
  }

  /// Throws if the program has ended.
  func checkAlive() throws {
    var status: Int32 = 0
    guard self.status == nil, waitpid(pid, &status, WNOHANG) == pid else { return }
    self.status = status
    throw Failure(text: "\(program), which this test needs, ended with \(status >> 8 & 0xff)")
  }
}
