import Foundation

/// How a program ended and what it said, both streams together.
struct ProgramRun {
  /// Exit status, or 128 + N after signal N.
  var status: Int32
  var output: String
}

struct SpawnFailure: Error {
  var text: String
}

/// Starts a program with this environment only. It writes to the end of the file `output`, reads
/// nothing, and has no descriptor of ours but `descriptor`, as its 3.
///
/// Not Foundation's: that waits for the end of pipes which other children may have inherited.
func spawn(
  _ words: [String], environment: [String: String], output: String, descriptor: Int32? = nil
) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  for fd in [1, 2] as [Int32] {
    posix_spawn_file_actions_addopen(&actions, fd, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
  }
  if let descriptor { posix_spawn_file_actions_adddup2(&actions, descriptor, 3) }
  // What is not open is passed over.
  for fd in (descriptor == nil ? 3 : 4)..<1_024 as Range<Int32> {
    posix_spawn_file_actions_addclose(&actions, fd)
  }
  var argv = words.map { strdup($0) } + [nil]
  var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { for pointer in argv + envp { free(pointer) } }
  var pid: pid_t = 0
  let result = posix_spawn(&pid, words[0], &actions, nil, &argv, &envp)
  guard result == 0 else { throw SpawnFailure(text: "\(words[0]): error \(result)") }
  return pid
}

/// As a shell says it: the exit status, or 128 + the signal.
func shellStatus(_ status: Int32) -> Int32 {
  status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
}

/// Runs a program to its end, with this environment only.
func runProgram(
  _ path: String, _ arguments: [String], environment: [String: String] = [:]
) async throws -> ProgramRun {
  let folder = WorkFolder()
  let pid = try spawn([path] + arguments, environment: environment, output: folder("output"))
  var status: Int32 = 0
  guard await eventually(within: .seconds(60), { waitpid(pid, &status, WNOHANG) == pid }) else {
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
    throw SpawnFailure(text: "\(path) does not end")
  }
  return ProgramRun(status: shellStatus(status), output: folder.text("output") ?? "")
}

/// A file of the repository, by its path below the top.
func repositoryPath(_ path: String) -> String {
  let support = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  return support.appendingPathComponent("../../../\(path)").standardizedFileURL.path
}

func repositoryText(_ path: String) throws -> String {
  try String(contentsOfFile: repositoryPath(path), encoding: .utf8)
}

func isInstalled(_ path: String) -> Bool { access(path, X_OK) == 0 }
