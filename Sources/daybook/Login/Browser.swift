import Dispatch
import Glibc

/// The person's browser, by xdg-open(1): never one of our own (RFC 8252 §8.12).
struct Browser {
  private let hasDisplay: Bool
  private let program: String

  init(_ environment: [String: String], program: String = "xdg-open") {
    hasDisplay = ["DISPLAY", "WAYLAND_DISPLAY"].contains { !(environment[$0] ?? "").isEmpty }
    self.program = program
  }

  /// False when there is no screen or no xdg-open. It is not waited for: some browsers stay in the
  /// foreground. What it says goes nowhere, and Ctrl-C does not reach it.
  func open(_ url: String) -> Bool {
    guard hasDisplay else { return false }
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    // The signals that the command waits for are blocked; the browser wants its own.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    return spawn(url, &actions, &attributes)
  }

  private func spawn(
    _ url: String, _ actions: inout posix_spawn_file_actions_t,
    _ attributes: inout posix_spawnattr_t
  ) -> Bool {
    var arguments = [strdup(program), strdup(url), nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    guard posix_spawnp(&child, program, &actions, &attributes, &arguments, environ) == 0 else {
      return false
    }
    // A browser may live longer than the sign-in: its end is taken in on a thread of its own, so
    // that no zombie stays while the command waits for the person.
    DispatchQueue.global(qos: .utility).async { [child] in
      while waitpid(child, nil, 0) < 0 && errno == EINTR {}
    }
    return true
  }
}
