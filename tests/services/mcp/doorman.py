"""The peer behind the SDK's own OAuth server, where everybody is let in at once."""

import contextlib
import secrets
import socket
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

from mcp.server.auth.provider import AccessToken, AuthorizationCode, ProviderTokenVerifier, RefreshToken
from mcp.server.auth.settings import AuthSettings, ClientRegistrationOptions
from mcp.shared.auth import OAuthToken
from tests.services.mcp.peer import server

from lorgnette.api.server import listening


class Doorman:
    """Clients, codes and tokens in dicts."""

    def __init__(self) -> None:
        self.clients = {}
        self.codes = {}
        self.access = {}
        self.refresh = {}

    async def get_client(self, client_id):
        return self.clients.get(client_id)

    async def register_client(self, client_info):
        self.clients[client_info.client_id] = client_info

    async def authorize(self, client, params):
        code = secrets.token_hex(20)
        self.codes[code] = AuthorizationCode(
            code=code,
            scopes=params.scopes or [],
            expires_at=time.time() + 60,
            client_id=client.client_id,
            code_challenge=params.code_challenge,
            redirect_uri=params.redirect_uri,
            redirect_uri_provided_explicitly=params.redirect_uri_provided_explicitly,
            resource=params.resource,
        )
        return f"{params.redirect_uri}?{urlencode({'code': code, 'state': params.state or ''})}"

    async def load_authorization_code(self, client, authorization_code):
        return self.codes.get(authorization_code)

    def _tokens(self, client, scopes, resource):
        token, again = secrets.token_hex(20), secrets.token_hex(20)
        self.access[token] = AccessToken(
            token=token, client_id=client.client_id, scopes=scopes, resource=resource
        )
        self.refresh[again] = RefreshToken(
            token=again, client_id=client.client_id, scopes=scopes, resource=resource
        )
        return OAuthToken(access_token=token, refresh_token=again, expires_in=3600)

    async def exchange_authorization_code(self, client, authorization_code):
        del self.codes[authorization_code.code]
        return self._tokens(client, authorization_code.scopes, authorization_code.resource)

    async def load_refresh_token(self, client, refresh_token):
        return self.refresh.get(refresh_token)

    async def exchange_refresh_token(self, client, refresh_token, scopes):
        return self._tokens(client, scopes, refresh_token.resource)

    async def load_access_token(self, token):
        return self.access.get(token)

    async def revoke_token(self, token):
        self.access.clear()


@contextlib.asynccontextmanager
async def guarded(doorman: Doorman) -> AsyncIterator[int]:
    """Its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here = f"http://127.0.0.1:{port}"
    one = server()
    app = one.streamable_http_app(
        auth=AuthSettings(
            issuer_url=here,
            resource_server_url=f"{here}/mcp",
            validate_token_resource=False,
            client_registration_options=ClientRegistrationOptions(enabled=True),
        ),
        auth_server_provider=doorman,
        token_verifier=ProviderTokenVerifier(doorman),
    )
    async with one.session_manager.run(), listening(app, "127.0.0.1", port) as taken:
        yield taken
