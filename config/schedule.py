"""What Celery beat does by the clock; settings take it as CELERY_BEAT_SCHEDULE. Every task is safe to run twice."""

from datetime import timedelta

from celery.schedules import crontab

SCHEDULE = {
    "sweep-outbox": {"task": "notifications.tasks.sweep_outbox", "schedule": timedelta(seconds=5)},
    "seal-audit": {"task": "core.tasks.seal_audit", "schedule": timedelta(seconds=30)},
    "keep-audit-heads": {"task": "core.tasks.keep_audit_heads", "schedule": crontab(hour="0", minute="5")},
    "sweep-uploads": {"task": "documents.tasks.sweep_uploads", "schedule": timedelta(hours=1)},
    "forget-parked-posts": {"task": "accounts.tasks.forget_parked_posts", "schedule": timedelta(minutes=10)},
    "remind-deadlines": {"task": "grants.tasks.remind_deadlines", "schedule": timedelta(hours=1)},
    "sweep-data-exports": {"task": "portal.tasks.sweep_data_exports", "schedule": timedelta(minutes=5)},
    "erase-what-is-due": {"task": "portal.tasks.erase_what_is_due", "schedule": timedelta(days=1)},
    "note-conflicts": {"task": "grants.tasks.note_conflicts", "schedule": timedelta(hours=1)},
    "sweep-assignment-runs": {"task": "grants.tasks.sweep_assignment_runs", "schedule": timedelta(minutes=1)},
    "sweep-exports": {"task": "grants.tasks.sweep_exports", "schedule": timedelta(minutes=1)},
    "sweep-registers": {"task": "grants.tasks.sweep_registers", "schedule": timedelta(minutes=1)},
    "close-late-corrections": {"task": "grants.tasks.close_late_corrections", "schedule": timedelta(minutes=15)},
}
