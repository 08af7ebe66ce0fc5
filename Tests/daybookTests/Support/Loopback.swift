import CLinux
import Foundation

@testable import daybook

/// A browser's side of the loopback.
enum Loopback {
  /// Sends the text and takes the answer to its end; nil when nobody listens or answers in 10 s.
  static func ask(_ port: Int, _ text: String) -> String? {
    guard let descriptor = connect(port) else { return nil }
    defer { close(descriptor) }
    _ = Array(text.utf8).withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    return answer(descriptor)
  }

  static func answer(_ descriptor: Int32) -> String? {
    var out: [UInt8] = []
    while !Ready.wait(for: [descriptor], seconds: 10).isEmpty {
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { return out.isEmpty ? nil : String(decoding: out, as: UTF8.self) }
      out += buffer.prefix(count)
    }
    return nil
  }

  static func connect(_ port: Int) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    guard clinux_connect_loopback(descriptor, Int32(port)) == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  /// A request of a browser.
  static func get(_ target: String, port: Int, method: String = "GET", host: String? = nil)
    -> String
  {
    "\(method) \(target) HTTP/1.1\r\nHost: \(host ?? "127.0.0.1:\(port)")\r\nAccept: */*\r\n\r\n"
  }

  /// A port that is free now.
  static func freePort() -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    defer { close(descriptor) }
    return Int(clinux_bind_loopback(descriptor, 0))
  }
}
