"""Names, addresses and an authority for certificates, of our own: they are in the view of this
process and its children alone, which have a file system view and a loopback to themselves."""

import os
import socket
import ssl
import subprocess

NAME = "provider.test"
HOSTS, BUNDLE = "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt"


def openssl(folder, *words):
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def prepare(lab):
    with lab.lock:
        folder = f"{lab.folder}/tls"
        if not os.path.isdir(folder):
            os.mkdir(folder)
            make(folder)
        return folder


def make(folder):
    for name, subject in (("ca", "our authority"), ("wrong", "another authority")):
        openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key",
                "-out", f"{name}.pem", "-subj", f"/CN={subject}", "-days", "2")
    for name, subject, issuer, more in (
            ("good", NAME, "ca", ["-days", "2"]),
            ("other-name", "other.test", "ca", ["-days", "2"]),
            ("expired", NAME, "ca", ["-days", "-1"]), ("wrong-ca", NAME, "wrong", ["-days", "2"]),
            ("sha1", NAME, "ca", ["-days", "2", "-sha1"])):
        leaf(folder, name, subject, issuer, more)
    openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "self-signed.key",
            "-out", "self-signed.pem", "-subj", f"/CN={NAME}", "-days", "2",
            "-addext", f"subjectAltName=DNS:{NAME}")
    subprocess.run(["ip", "address", "add", "169.254.169.254/32", "dev", "lo"], check=True)
    bind(folder, HOSTS, f"127.0.0.1 localhost {NAME} rebound.test\n169.254.169.254 metadata.test\n")
    with open(BUNDLE) as system, open(f"{folder}/ca.pem") as own:
        bind(folder, BUNDLE, own.read() + system.read())


def leaf(folder, name, subject, issuer, more):
    with open(f"{folder}/{name}.names", "w") as file:
        file.write(f"subjectAltName=DNS:{subject}\n")
    openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key",
            "-out", f"{name}.csr", "-subj", f"/CN={subject}")
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{issuer}.pem",
            "-CAkey", f"{issuer}.key", "-CAcreateserial", "-out", f"{name}.pem",
            "-extfile", f"{name}.names", *more)


def bind(folder, path, text):
    own = f"{folder}/{os.path.basename(path)}"
    with open(own, "w") as file:
        file.write(text)
    subprocess.run(["mount", "--bind", own, path], check=True)


def context(lab, name):
    folder = prepare(lab)
    out = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # That the certificate is too weak is for the client to say.
    out.set_ciphers("DEFAULT:@SECLEVEL=0")
    out.load_cert_chain(f"{folder}/{name}.pem", f"{folder}/{name}.key")
    return out


def named(lab, certificate=None, tls=None, port=None, name=NAME):
    """A house whose provider is asked by its name, over TLS with this certificate."""
    home = lab.house(tls=tls or context(lab, certificate))
    path = f"{home.folder}/providers/days.yaml"
    with open(path) as file:
        text = file.read()
    origin = f"https://{name}:{port or home.provider.port}"
    home.write("providers/days.yaml", text.replace(home.provider.origin, origin))
    return home


def greets(port):
    """Whether a server agrees with a client that takes TLS 1.1 alone."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    client.set_ciphers("ALL:@SECLEVEL=0")
    client.minimum_version = client.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", port), 30) as wire:
        with client.wrap_socket(wire) as secure:
            return secure.version() == "TLSv1.1"
