"""Which keys this database was sealed with, so that a lost or another key is noticed at the start."""

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class KeyMark(Base):
    """A fixed word, sealed once with the key `key`; whoever cannot open it does not have that key."""

    __tablename__ = "key_mark"

    key: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
