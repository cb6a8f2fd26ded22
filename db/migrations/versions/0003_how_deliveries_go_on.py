"""how deliveries go on

What is new is empty at first: what is not sent yet goes on as it was, and nothing that people wrote is touched.
Rounds keep the wording that was asked: their prompts get the ids of `bot/prompts/former/version_0_1.yaml`.
"""

import sqlalchemy as sa
from alembic import op

import db.session

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


_ROUND = sa.table("round", sa.column("prompt", sa.String))
_ASKED = [f"p{number:03}" for number in range(1, 81)]


def upgrade() -> None:
    op.execute(_ROUND.update().where(_ROUND.c.prompt.in_(_ASKED)).values(prompt=_ROUND.c.prompt + "_v1"))
    op.create_table(
        "form_draft",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("form_token", sa.String(length=255), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", db.session.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_form_draft_member_id")),
        sa.PrimaryKeyConstraint("member_id", "place", name=op.f("pk_form_draft")),
    )
    with op.batch_alter_table("form_draft") as batch_op:
        batch_op.create_index(batch_op.f("ix_form_draft_place"), ["place"], unique=False)

    with op.batch_alter_table("channel") as batch_op:
        batch_op.add_column(sa.Column("away_reason", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("away_told_at", db.session.Instant(timezone=True), nullable=True))

    with op.batch_alter_table("circle") as batch_op:
        batch_op.add_column(sa.Column("unmoderated_since", db.session.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("moderator_sought_at", db.session.Instant(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_circle_unmoderated_since"), ["unmoderated_since"], unique=False)

    with op.batch_alter_table("insight") as batch_op:
        batch_op.add_column(sa.Column("case_id", sa.String(length=255), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_insight_case_id"), "intervision_case", ["case_id"], ["id"])

    with op.batch_alter_table("intervision_case") as batch_op:
        batch_op.add_column(sa.Column("waits_for", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("waits_since", db.session.Instant(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_intervision_case_waits_since"), ["waits_since"], unique=False)
        batch_op.add_column(sa.Column("lies_still_until", db.session.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("is_group_there", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("remind_at", db.session.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("tell_owner", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("tell_since", db.session.Instant(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_intervision_case_remind_at"), ["remind_at"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("is_wanted", sa.Boolean(), nullable=True),
        sa.Column("due_at", db.session.Instant(timezone=True), nullable=True),
        sa.Column("told_at", db.session.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reminder_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_due_at"), ["due_at"], unique=False)

    with op.batch_alter_table("member") as batch_op:
        batch_op.add_column(sa.Column("name", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("outbox_job") as batch_op:
        batch_op.add_column(sa.Column("looks", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("holder", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("failed_at", db.session.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("retried_at", db.session.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("method", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("scope", sa.String(length=255), nullable=True))

    with op.batch_alter_table("outbox_target") as batch_op:
        batch_op.add_column(sa.Column("verify_at", db.session.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("posted_at", db.session.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("is_seen", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("is_reposted", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("reading", sa.JSON(), nullable=True))
        batch_op.create_index(batch_op.f("ix_outbox_target_verify_at"), ["verify_at"], unique=False)

    with op.batch_alter_table("own_question") as batch_op:
        batch_op.add_column(sa.Column("adopted_at", db.session.Instant(timezone=True), nullable=True))

    with op.batch_alter_table("workspace") as batch_op:
        batch_op.add_column(sa.Column("heard_since", db.session.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("checked_at", db.session.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("enterprise", sa.String(length=255), nullable=True))


def downgrade() -> None:
    former = _ROUND.c.prompt.in_([f"{prompt}_v1" for prompt in _ASKED])
    op.execute(_ROUND.update().where(former).values(prompt=sa.func.substr(_ROUND.c.prompt, 1, 4)))
    op.drop_table("form_draft")
    with op.batch_alter_table("own_question") as batch_op:
        batch_op.drop_column("adopted_at")

    with op.batch_alter_table("workspace") as batch_op:
        batch_op.drop_column("checked_at")
        batch_op.drop_column("enterprise")
        batch_op.drop_column("heard_since")

    with op.batch_alter_table("outbox_target") as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_target_verify_at"))
        batch_op.drop_column("reading")
        batch_op.drop_column("is_reposted")
        batch_op.drop_column("is_seen")
        batch_op.drop_column("posted_at")
        batch_op.drop_column("verify_at")

    with op.batch_alter_table("outbox_job") as batch_op:
        batch_op.drop_column("scope")
        batch_op.drop_column("method")
        batch_op.drop_column("retried_at")
        batch_op.drop_column("failed_at")
        batch_op.drop_column("holder")
        batch_op.drop_column("looks")

    op.drop_table("reminder")
    with op.batch_alter_table("member") as batch_op:
        batch_op.drop_column("name")

    with op.batch_alter_table("intervision_case") as batch_op:
        batch_op.drop_index(batch_op.f("ix_intervision_case_remind_at"))
        batch_op.drop_column("tell_since")
        batch_op.drop_column("tell_owner")
        batch_op.drop_column("remind_at")
        batch_op.drop_column("is_group_there")
        batch_op.drop_column("lies_still_until")
        batch_op.drop_index(batch_op.f("ix_intervision_case_waits_since"))
        batch_op.drop_column("waits_since")
        batch_op.drop_column("waits_for")

    with op.batch_alter_table("insight") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_insight_case_id"), type_="foreignkey")
        batch_op.drop_column("case_id")

    with op.batch_alter_table("circle") as batch_op:
        batch_op.drop_index(batch_op.f("ix_circle_unmoderated_since"))
        batch_op.drop_column("moderator_sought_at")
        batch_op.drop_column("unmoderated_since")

    with op.batch_alter_table("channel") as batch_op:
        batch_op.drop_column("away_told_at")
        batch_op.drop_column("away_reason")
