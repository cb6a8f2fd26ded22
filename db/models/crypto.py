"""The keys with which this database was sealed, so that a missing or wrong key is noticed at the start."""

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class KeyMark(Base):
    """A fixed word, sealed with the key of id `key`: a process that cannot open it does not have that key."""

    __tablename__ = "key_mark"

    key: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
