/// The interface that every Varlink service has: it says what else there is, so that `varlinkctl`
/// and other clients can drive the daemon without knowing it (https://varlink.org/Service).
public enum VarlinkService {
  public static let name = "org.varlink.service"

  /// What answers a request for this interface; nil when the method is of another one. `version`
  /// is the daemon's.
  public static func answer(_ request: VarlinkRequest, version: String) -> VarlinkResponse? {
    guard request.method.hasPrefix(name + ".") else { return nil }
    do { return VarlinkResponse(parameters: try reply(to: request, version)) } catch {
      return error.response
    }
  }

  private static func reply(
    to request: VarlinkRequest, _ version: String
  ) throws(ControlError) -> JSONValue {
    var given = try ControlParameters(request.parameters)
    switch request.method.dropFirst(name.count + 1) {
    case "GetInfo":
      try given.end()
      return info(version)
    case "GetInterfaceDescription":
      let interface: String = try given.required("interface")
      try given.end()
      return .record([("description", try description(of: interface).json)])
    default: throw .methodNotFound(request.method)
    }
  }

  private static func info(_ version: String) -> JSONValue {
    .record([
      ("vendor", ControlInterface.vendor.json), ("product", ControlInterface.product.json),
      ("version", version.json), ("url", ControlInterface.url.json),
      ("interfaces", [name, ControlInterface.name].json),
    ])
  }

  private static func description(of interface: String) throws(ControlError) -> String {
    switch interface {
    case name: description
    case ControlInterface.name: ControlInterface.description
    default: throw .interfaceNotFound(interface)
    }
  }

  /// The text of the specification.
  public static let description = """
    # The Varlink Service Interface is provided by every varlink service. It
    # describes the service and the interfaces it implements.
    interface org.varlink.service

    # Get a list of all the interfaces a service provides and information
    # about the implementation.
    method GetInfo() -> (
      vendor: string,
      product: string,
      version: string,
      url: string,
      interfaces: []string
    )

    # Get the description of an interface that is implemented by this service.
    method GetInterfaceDescription(interface: string) -> (description: string)

    # The requested interface was not found.
    error InterfaceNotFound (interface: string)

    # The requested method was not found
    error MethodNotFound (method: string)

    # The interface defines the requested method, but the service does not
    # implement it.
    error MethodNotImplemented (method: string)

    # One of the passed parameters is invalid.
    error InvalidParameter (parameter: string)

    # Client is denied access
    error PermissionDenied ()

    # Method is expected to be called with 'more' set to true, but wasn't
    error ExpectedMore ()
    """
}

extension ControlInterface {
  /// The method's name without the interface.
  static func shortName(of method: String) throws(ControlError) -> Substring {
    guard let dot = method.lastIndex(of: ".") else { throw .invalidParameter("method") }
    let interface = method[..<dot]
    guard interface == name else { throw .interfaceNotFound(String(interface)) }
    return method[method.index(after: dot)...]
  }
}
