import Glibc

/// The socket that the control server listens on: the one that systemd passes, else one bound by
/// hand.
struct ServedSocket {
  let fd: Int32
  private let own: ControlSocket?

  init(_ places: Places) throws(StartFailure) {
    let passed = try starting(.inputOutput) { () throws(ListenSocket.Failure) in
      try ListenSocket.adopt()
    }
    if let passed {
      fd = passed
      own = nil
      return
    }
    try starting(.inputOutput) { () throws(SystemError) in
      try Folders.make(places.runtime, mode: places.isSystem ? 0o755 : 0o700)
    }
    let bound = try starting(.inputOutput) { () throws(ControlSocket.Failure) in
      try ControlSocket.bind(places.socket)
    }
    fd = bound.fd
    own = bound
  }

  /// Takes the name away that we gave it. One that was passed stays for the next daemon.
  func remove() { own?.remove() }
}
