"""Messages: notifications and what people write, kept and told; and what the wearer writes to others."""

from lorgnette.services.messages.mail import Mail
from lorgnette.services.messages.matrix import Matrix
from lorgnette.services.messages.outbox import Letter
from lorgnette.services.messages.post import Post
from lorgnette.services.messages.sections import MailSection, MatrixSection, MessagesSection
from lorgnette.services.messages.service import Book, WearerMessages
from lorgnette.services.messages.tables import DOMAIN
from lorgnette.services.messages.way import Batch, Incoming, Way

__all__ = [
    "DOMAIN",
    "Batch",
    "Book",
    "Incoming",
    "Letter",
    "Mail",
    "MailSection",
    "Matrix",
    "MatrixSection",
    "MessagesSection",
    "Post",
    "Way",
    "WearerMessages",
]
