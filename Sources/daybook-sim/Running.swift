import ArgumentParser
import DaybookSimulator
import Glibc

/// The life of a server as a program.
enum Running {
  /// Serves until SIGTERM or SIGINT.
  static func serve(_ providers: Providers, _ options: ServerOptions) throws {
    let world = SimWorld(providers, faults: Faults(seed: options.seed, try options.rules()))
    // Blocked before the server's thread begins, so that only sigwait below sees them.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let server: SimServer
    do throws(SystemError) { server = try SimServer(world, port: options.port) } catch {
      complain("\(error)")
      throw ExitCode(69)
    }
    say("ready \(server.origin)")
    var signal: Int32 = 0
    sigwait(&signals, &signal)
    server.stop()
  }

  /// One line on standard output, at once.
  static func say(_ line: String) { put(line, STDOUT_FILENO) }

  static func complain(_ line: String) { put("daybook-sim: " + line, STDERR_FILENO) }

  private static func put(_ line: String, _ fd: Int32) {
    let bytes = Array((line + "\n").utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { write(fd, $0.baseAddress! + done, $0.count - done) }
      guard count > 0 else { return }
      done += count
    }
  }
}
