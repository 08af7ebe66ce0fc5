import Foundation

/// `openssl s_server` with a certificate made for the occasion, serving the files of a folder of
/// its own. It ends when it is let go.
final class TLSServer: @unchecked Sendable {
  let port: Int
  /// The certificate, which is its own issuer.
  let certificate: String
  private let folder: String
  private let process: ChildProcess

  /// Starts one, which takes a moment, on a thread that may wait. `answer` is what `GET /answer`
  /// returns, status line and all. `names` go into the certificate.
  static func start(
    names: String = "DNS:localhost,IP:127.0.0.1", arguments: [String] = [],
    answer: String = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
  ) async throws -> TLSServer {
    try await withCheckedThrowingContinuation { started in
      startThread {
        started.resume(
          with: Result { try TLSServer(names: names, arguments: arguments, answer: answer) })
      }
    }
  }

  private init(names: String, arguments: [String], answer: String) throws {
    folder = FileManager.default.temporaryDirectory.path + "/daybook-tls-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    certificate = folder + "/cert.pem"
    try Data(answer.utf8).write(to: URL(fileURLWithPath: folder + "/answer"))
    try ChildProcess(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=daybook-test",
        "-addext", "subjectAltName=\(names)",
      ], in: folder
    ).finish()
    process = try ChildProcess(
      "openssl",
      ["s_server", "-accept", "127.0.0.1:0", "-cert", "cert.pem", "-key", "key.pem", "-HTTP"]
        + arguments, in: folder)
    port = try Self.port(of: process)
  }

  var url: String { "https://127.0.0.1:\(port)/answer" }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// s_server says `ACCEPT 127.0.0.1:PORT` once it listens.
  private static func port(of process: ChildProcess) throws -> Int {
    while true {
      let text = (try? String(contentsOfFile: process.outputFile, encoding: .utf8)) ?? ""
      for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      where line.hasPrefix("ACCEPT ") {
        if let port = line.split(separator: ":").last.flatMap({ Int($0) }) { return port }
      }
      try process.checkAlive()
      rest(0.01)
    }
  }
}
