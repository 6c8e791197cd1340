"""Move what earlier imports reported from one JSON document into rows."""

from django.db import migrations

SKU_LENGTH = 100
NAME_LENGTH = 255


def move_reports(apps, schema_editor):
    ImportRun = apps.get_model("products", "ImportRun")
    database = schema_editor.connection.alias
    for run in ImportRun.objects.using(database).iterator(chunk_size=1):
        report = run.report
        _store_rows(apps, database, run, report)
        _store_findings(apps, database, run, report)
        run.state = "discarded" if run.is_dry_run else "applied"
        run.applied_at = None if run.is_dry_run else run.created_at
        run.note_count = len(report.get("notes", [])) + report.get("more", {}).get(
            "notes", 0
        )
        run.sets_stock = bool(report.get("sets_stock"))
        run.report = {}
        run.save()


def _store_rows(apps, database, run, report):
    ImportRow = apps.get_model("products", "ImportRow")
    rows = {}
    for outcome, name in (("new", "created"), ("changed", "changed")):
        for entry in report.get(name, []):
            rows[entry["record"]] = ImportRow(
                run=run,
                record=entry["record"],
                outcome=outcome,
                sku=entry["sku"][:SKU_LENGTH],
                name=entry["name"][:NAME_LENGTH],
                product_id=entry.get("product"),
                plan={
                    "changes": entry.get("changes", []),
                    "options": entry.get("options", ""),
                    "moves": entry.get("stock", []),
                },
            )
    for entry in report.get("refused", []):
        rows[entry["record"]] = ImportRow(
            run=run, record=entry["record"], outcome="refused", is_accepted=False
        )
    ImportRow.objects.using(database).bulk_create(rows.values(), batch_size=500)


def _store_findings(apps, database, run, report):
    ImportFinding = apps.get_model("products", "ImportFinding")
    ImportFinding.objects.using(database).bulk_create(
        [
            ImportFinding(
                run=run,
                record=entry["record"],
                is_refusal=name == "refused",
                field=entry["field"],
                column=entry["column"],
                value=entry["value"],
                reason=entry.get("reason") or entry.get("note", ""),
                mend=entry.get("mend", ""),
            )
            for name in ("refused", "notes")
            for entry in report.get(name, [])
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("products", "0003_import_plan"),
    ]

    operations = [
        migrations.RunPython(move_reports, migrations.RunPython.noop),
    ]
