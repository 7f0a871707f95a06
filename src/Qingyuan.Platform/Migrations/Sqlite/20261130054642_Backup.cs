using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Qingyuan.Platform.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Backup : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "backup_drill",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Backup = table.Column<string>(type: "TEXT", nullable: false),
                    RtoSeconds = table.Column<double>(type: "REAL", nullable: false),
                    RpoSeconds = table.Column<double>(type: "REAL", nullable: false),
                    FramesChecked = table.Column<long>(type: "INTEGER", nullable: false),
                    ChunksChecked = table.Column<long>(type: "INTEGER", nullable: false),
                    ProofsChecked = table.Column<int>(type: "INTEGER", nullable: false),
                    DigestsChecked = table.Column<int>(type: "INTEGER", nullable: false),
                    Ok = table.Column<bool>(type: "INTEGER", nullable: false),
                    Findings = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_backup_drill", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "backup_run",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Path = table.Column<string>(type: "TEXT", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Added = table.Column<long>(type: "INTEGER", nullable: false),
                    Seconds = table.Column<double>(type: "REAL", nullable: false),
                    Why = table.Column<string>(type: "TEXT", nullable: true),
                    ActorId = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_backup_run", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_backup_drill_At",
                table: "backup_drill",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_backup_run_At",
                table: "backup_run",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "backup_drill");

            migrationBuilder.DropTable(
                name: "backup_run");
        }
    }
}
