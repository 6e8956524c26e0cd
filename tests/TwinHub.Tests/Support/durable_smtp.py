"""A mail server that says 250 only once a mail is safe on disk.

durable_smtp.py FOLDER PORT [CERTIFICATE.pem KEY.pem USER PASSWORD]

Each mail becomes FOLDER/new/NUMBER-PID.eml (written, synced, renamed, folder synced), then a line "FILE RECIPIENT" in
FOLDER/log, synced too. Recipients that begin with "gone" are refused for good (550), those that begin with "later" for now
(451), the first time they are asked for; each refusal is a line "CODE RECIPIENT" in FOLDER/refused. With a certificate, STARTTLS and a sign-in are demanded. Prints "listening PORT" when it is ready.
"""
import asyncio
import logging
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Store:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        self.asked = set()
        for name in ("tmp", "new"):
            os.makedirs(os.path.join(folder, name), exist_ok=True)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return self.refuse(address, "550 5.1.1 Nobody of that name")
        if address.startswith("later") and address not in self.asked:
            self.asked.add(address)
            return self.refuse(address, "451 4.3.2 Not now")
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    def refuse(self, address, answer):
        with open(os.path.join(self.folder, "refused"), "a", encoding="utf-8") as log:
            log.write(f"{answer[:3]} {address}\n")
        return answer

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = f"{self.count:06}-{os.getpid()}.eml"
        path = os.path.join(self.folder, "tmp", name)
        with open(path, "wb") as file:
            file.write(envelope.content)
            file.flush()
            os.fsync(file.fileno())
        os.rename(path, os.path.join(self.folder, "new", name))
        self.sync(os.path.join(self.folder, "new"))
        with open(os.path.join(self.folder, "log"), "a", encoding="utf-8") as log:
            log.write(f"{name} {envelope.rcpt_tos[0]}\n")
            log.flush()
            os.fsync(log.fileno())
        return "250 2.0.0 Stored as " + name

    @staticmethod
    def sync(folder):
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def settings(arguments):
    if not arguments:
        return {}
    certificate, key, user, password = arguments
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def authenticate(server, session, envelope, mechanism, shown):
        return AuthResult(success=(shown.login, shown.password) == (user.encode(), password.encode()), handled=False)

    return {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": authenticate}


async def main():
    store, more = Store(sys.argv[1]), settings(sys.argv[3:])
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(store, hostname="localhost", enable_SMTPUTF8=True, **more), "127.0.0.1", int(sys.argv[2]))
    print("listening", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


logging.disable(logging.WARNING)
asyncio.run(main())
