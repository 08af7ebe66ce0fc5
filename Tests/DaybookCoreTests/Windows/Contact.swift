import DaybookCore

/// One request as it reached a server, in true time: microseconds that no clock shows.
struct Contact {
  /// When we let the call go, and when its answer ended or we gave it up.
  var sent: Int64
  var ended: Int64
  /// When the server dated it.
  var arrived: Int64
  /// libcurl put it on the wire a second time, by itself; nobody could know before the end.
  var isRepeat = false
}

/// How a server counts calls.
enum Counting: CustomStringConvertible {
  /// Windows one after the other, the first beginning at this moment.
  case fixed(phase: Int64)
  /// A window begins with the first call after the end of the one before.
  case firstCall
  /// Any span of the length.
  case rolling

  var description: String {
    switch self {
    case .fixed(let phase): "fixed windows from \(phase) µs on"
    case .firstCall: "windows from the first call on"
    case .rolling: "a rolling window"
    }
  }
}

/// A server's limit, and what it would have refused. Written from the definitions, not from the
/// product: it looks at the contacts only.
struct Oracle {
  var limit: Int
  /// In microseconds.
  var length: Int64

  init(_ spec: WindowSpec) {
    limit = spec.limit
    length = Int64((spec.seconds * 1_000_000).rounded())
  }

  /// The first contact that is one too many, of contacts in the order of their arrival. Repeats
  /// that were on their way unknown to us when the newest call of a window left do not count.
  func refused(_ contacts: [Contact], _ counting: Counting) -> Contact? {
    var begin = 0
    var windowStart = Int64.min
    for (index, contact) in contacts.enumerated() {
      switch counting {
      case .fixed(let phase):
        windowStart = floorDividing(contact.arrived - phase, length) * length + phase
      case .firstCall:
        if begin == index || contact.arrived >= windowStart + length {
          windowStart = contact.arrived
          begin = index
        }
      case .rolling: windowStart = contact.arrived - length + 1
      }
      while contacts[begin].arrived < windowStart { begin += 1 }
      let window = contacts[begin...index]
      if window.count > limit, known(window) > limit { return contact }
    }
    return nil
  }

  /// Contacts that we could know of when the last of them was sent.
  private func known(_ window: ArraySlice<Contact>) -> Int {
    let lastSent = window.filter { !$0.isRepeat }.map(\.sent).max() ?? .min
    return window.count { !$0.isRepeat || $0.ended <= lastSent }
  }
}
