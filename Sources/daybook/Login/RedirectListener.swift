import CLinux
import DaybookCore
import Glibc

/// Listens on the loopback for the one redirect of a sign-in (RFC 8252 §7.3). Anything else gets a
/// 400 and is forgotten. Driven from outside: wait for ``descriptors``, then call ``serve(_:)``.
final class RedirectListener {
  let port: Int
  private let address: RedirectAddress
  private var listeners: [Int32] = []
  private var visitors: [Visitor] = []

  private struct Visitor {
    var descriptor: Int32
    var bytes: [UInt8] = []
    var since: Double
  }

  /// Nil when the port cannot be had. Without a port in `address`, any free one.
  init?(_ address: RedirectAddress) {
    self.address = address
    let wanted = address.port ?? 0
    let first = RedirectListener.listen(v6: address.host == .v6, port: wanted)
    guard let first else { return nil }
    port = first.port
    listeners = [first.descriptor]
    if address.host == .localhost, let second = RedirectListener.listen(v6: true, port: port) {
      listeners.append(second.descriptor)
    }
  }

  deinit { close() }

  private static func listen(v6: Bool, port: Int) -> (descriptor: Int32, port: Int)? {
    let descriptor = socket(
      v6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue) | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return nil }
    let bound =
      v6
      ? clinux_bind_loopback6(descriptor, Int32(port))
      : clinux_bind_loopback(descriptor, Int32(port))
    guard bound > 0, Glibc.listen(descriptor, 16) == 0 else {
      Glibc.close(descriptor)
      return nil
    }
    return (descriptor, Int(bound))
  }

  /// What to wait for.
  var descriptors: [Int32] { listeners + visitors.map(\.descriptor) }

  /// When the visitor that came first has had its time, on ``uptime()``.
  var deadline: Double? {
    visitors.map(\.since).min().map { $0 + Double(Limits.redirectTime.inSeconds) }
  }

  /// Serves what can be read. Returns the redirected URL once it has come and been answered.
  func serve(_ ready: [Int32], _ gate: RedirectGate) -> String? {
    for listener in listeners where ready.contains(listener) { admit(listener) }
    for index in visitors.indices.reversed() where ready.contains(visitors[index].descriptor) {
      if let url = hear(index, gate) { return url }
    }
    let oldest = uptime() - Double(Limits.redirectTime.inSeconds)
    for index in visitors.indices.reversed() where visitors[index].since <= oldest { drop(index) }
    return nil
  }

  /// Ends all connections and frees the port.
  func close() {
    for descriptor in descriptors { Glibc.close(descriptor) }
    listeners = []
    visitors = []
  }

  private func admit(_ listener: Int32) {
    while true {
      let descriptor = clinux_accept(listener)
      guard descriptor >= 0 else { return }
      // The one that says nothing for longest makes room: a browser speaks at once.
      if visitors.count >= Limits.redirectConnections { drop(0) }
      visitors.append(Visitor(descriptor: descriptor, since: uptime()))
    }
  }

  private func hear(_ index: Int, _ gate: RedirectGate) -> String? {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    let count = read(visitors[index].descriptor, &buffer, buffer.count)
    if count < 0, errno == EAGAIN || errno == EINTR { return nil }
    guard count > 0 else {
      drop(index)
      return nil
    }
    visitors[index].bytes += buffer.prefix(count)
    switch RedirectRequest.read(visitors[index].bytes) {
    case .incomplete: return nil
    case .broken:
      answer(index, .badRequest)
      return nil
    case .whole(let request):
      let (page, url) = judge(request, gate)
      answer(index, page)
      return url
    }
  }

  private func judge(
    _ request: RedirectRequest, _ gate: RedirectGate
  ) -> (RedirectPage, String?) {
    // A request for another host comes from a page that points its own name at us.
    guard request.method == "GET", request.host == address.hostHeader(port: port) else {
      return (.badRequest, nil)
    }
    let path = request.target.prefix { $0 != "?" }
    guard path == (address.path.isEmpty ? "/" : address.path) else { return (.badRequest, nil) }
    let url = gate.redirectURI + request.target.dropFirst(path.count)
    switch gate.judge(url) {
    case .accepted: return (.done, url)
    case .foreign: return (.wrongSignIn, nil)
    case .elsewhere: return (.badRequest, nil)
    }
  }

  private func answer(_ index: Int, _ page: RedirectPage) {
    let bytes = page.response
    // A fresh socket's buffer holds the small page; who closed already needs none.
    _ = bytes.withUnsafeBytes { raw in
      send(visitors[index].descriptor, raw.baseAddress, raw.count, Int32(MSG_NOSIGNAL))
    }
    shutdown(visitors[index].descriptor, Int32(SHUT_WR))
    drop(index)
  }

  private func drop(_ index: Int) {
    Glibc.close(visitors[index].descriptor)
    visitors.remove(at: index)
  }
}
