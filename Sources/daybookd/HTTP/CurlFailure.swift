import CCurl
import DaybookEngine

/// libcurl's error codes (libcurl-errors(3)) in the engine's words.
enum CurlFailure {
  /// `code` is a CURLcode other than 0. The detail holds our own host name and libcurl's constant
  /// text for the code, nothing a server sent; `certificate` is what CURLINFO_SSL_VERIFYRESULT says.
  static func failure(code: UInt32, host: String, certificate: Int = 0) -> TransportFailure {
    let text = String(cString: curl_easy_strerror(CURLcode(rawValue: code)))
    let isCertificate = CURLcode(rawValue: code) == CURLE_PEER_FAILED_VERIFICATION
    let why = isCertificate ? fault(ofCertificate: certificate) : nil
    return TransportFailure(reason(code: code), "\(host): \(why ?? text)")
  }

  static func reason(code: UInt32) -> TransportFailure.Reason {
    switch CURLcode(rawValue: code) {
    case CURLE_URL_MALFORMAT: .forbidden
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED: .connect
    case CURLE_OPERATION_TIMEDOUT: .timeout
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_PEER_FAILED_VERIFICATION,
      CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
      .tls
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR,
      CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_SEND_FAIL_REWIND:
      .cut
    // libcurl says "out of memory" of a header line over its own limit of 100 kB.
    case CURLE_FILESIZE_EXCEEDED, CURLE_OUT_OF_MEMORY: .tooLarge
    case CURLE_ABORTED_BY_CALLBACK: .cancelled
    // No HTTP (an HTTP/0.9 answer is "unsupported protocol"), a wrong encoding, and the rest.
    default: .malformed
    }
  }

  /// The faults an operator can do something about, by OpenSSL's X509_V_ERR numbers.
  private static func fault(ofCertificate result: Int) -> String? {
    switch result {
    case 9: "the certificate is not valid yet; is this machine's clock right?"
    case 10: "the certificate has expired; is this machine's clock right?"
    case 18, 19: "the certificate is signed by itself"
    case 2, 20, 21: "the certificate's issuer is not known to this machine"
    case 62, 63, 64: "the certificate is for another name"
    default: nil
    }
  }
}
