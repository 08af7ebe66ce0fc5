import CCurl
import DaybookEngine
import Glibc

/// The header lines of a request in libcurl's form. They hold secrets: wiped when freed.
final class HeaderList {
  private(set) var list: UnsafeMutablePointer<curl_slist>?

  /// Throws `.forbidden` for a name or value that would break out of its line.
  init(_ headers: [Call.Header]) throws(TransportFailure) {
    for header in headers {
      let value = header.value.expose()
      guard HeaderRule.isName(header.name.utf8), HeaderRule.isValue(value.utf8) else {
        throw TransportFailure(.forbidden, "the value of header \(header.name) holds a line end")
      }
      // A name with a colon alone would take the header away.
      try append(value.isEmpty ? "\(header.name);" : "\(header.name): \(value)")
    }
    // libcurl would wait a second for leave to send a large body.
    try append("Expect:")
  }

  private func append(_ line: String) throws(TransportFailure) {
    guard let longer = curl_slist_append(list, line) else {
      throw TransportFailure(.forbidden, "out of memory")
    }
    list = longer
  }

  deinit {
    var node = list
    while let line = node?.pointee {
      if let text = line.data { explicit_bzero(text, strlen(text)) }
      node = line.next
    }
    curl_slist_free_all(list)
  }
}
