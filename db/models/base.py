"""The declarative base: one naming convention for both databases, and the types that annotations stand for."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase

from db.session import Instant


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant(),
        str: String(255),
        bytes: LargeBinary(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }
