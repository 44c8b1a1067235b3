"""A mail server for tests: takes messages by real SMTP and prints each as a line of JSON.

sink.py [--tls CERTIFICATE KEY] [--starttls CERTIFICATE KEY] [--password NAME PASSWORD]

Prints its port first. `gone@…` does not exist; `busy@…` is busy the first time; `full@…` is refused for good.
"""

import argparse
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Sink:
    def __init__(self):
        self.busy = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "gone":
            return "550 5.1.1 No such mailbox here"
        if name == "full":
            return "552 5.3.4 Message too large"
        if name == "busy" and address not in self.busy:
            self.busy.add(address)
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}
        say(
            {
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "tls": server.transport.get_extra_info("ssl_object") is not None,
                "signed_in": bool(session.authenticated),
                "headers": {name: str(value) for name, value in message.items()},
                "text": parts.get("text/plain"),
                "html": parts.get("text/html"),
            }
        )
        return "250 OK"


def say(what):
    print(json.dumps(what), flush=True)


def context(files):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*files)
    return made


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--starttls", nargs=2)
    parser.add_argument("--password", nargs=2)
    given = parser.parse_args()
    settings = {}
    if given.starttls:
        settings |= {"tls_context": context(given.starttls), "require_starttls": True}
    if given.password:
        wanted = [word.encode() for word in given.password]

        def check(server, session, envelope, mechanism, data):
            # What is not handled here is refused by the library, in its words.
            return AuthResult(success=[data.login, data.password] == wanted, handled=False)

        # Over TLS from the first byte the library does not know that it is there.
        settings |= {"authenticator": check, "auth_required": True, "auth_require_tls": bool(given.starttls)}
    sink = Sink()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, **settings),
        "127.0.0.1",
        0,
        ssl=context(given.tls) if given.tls else None,
    )
    say({"port": server.sockets[0].getsockname()[1]})
    # Ends with whoever holds the other end of its input.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
