using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Qingyuan.Platform.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RemoteControl : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "data_mark",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    StationNo = table.Column<int>(type: "integer", nullable: false),
                    Factors = table.Column<string>(type: "text", nullable: false),
                    Mark = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    From = table.Column<DateTime>(type: "timestamp without time zone", nullable: false),
                    To = table.Column<DateTime>(type: "timestamp without time zone", nullable: true),
                    Source = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Operation = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    CommandId = table.Column<Guid>(type: "uuid", nullable: true),
                    ActorId = table.Column<string>(type: "text", nullable: false),
                    Note = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_mark", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "remote_command",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    StationNo = table.Column<int>(type: "integer", nullable: false),
                    Operation = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Parameters = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    WorkOrder = table.Column<Guid>(type: "uuid", nullable: true),
                    State = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    AskedBy = table.Column<string>(type: "text", nullable: false),
                    AskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReleasedBy = table.Column<string>(type: "text", nullable: true),
                    Slot = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Qn = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Sends = table.Column<int>(type: "integer", nullable: false),
                    Answer = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReplyCode = table.Column<int>(type: "integer", nullable: true),
                    WhyCode = table.Column<string>(type: "text", nullable: true),
                    WhyArgs = table.Column<string>(type: "text", nullable: true),
                    Result = table.Column<string>(type: "text", nullable: false),
                    Before = table.Column<string>(type: "text", nullable: false),
                    After = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_remote_command", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "remote_command_step",
                columns: table => new
                {
                    CommandId = table.Column<Guid>(type: "uuid", nullable: false),
                    Seq = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ActorId = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Detail = table.Column<string>(type: "text", nullable: false),
                    FrameId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    LedgerEntryId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_remote_command_step", x => new { x.CommandId, x.Seq });
                });

            migrationBuilder.CreateIndex(
                name: "IX_data_mark_CommandId",
                table: "data_mark",
                column: "CommandId");

            migrationBuilder.CreateIndex(
                name: "IX_data_mark_StationNo_From",
                table: "data_mark",
                columns: new[] { "StationNo", "From" });

            migrationBuilder.CreateIndex(
                name: "ix_remote_command_open",
                table: "remote_command",
                column: "State",
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_remote_command_StationNo_Id",
                table: "remote_command",
                columns: new[] { "StationNo", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_remote_command_StationNo_Qn",
                table: "remote_command",
                columns: new[] { "StationNo", "Qn" });

            migrationBuilder.CreateIndex(
                name: "ux_remote_command_slot",
                table: "remote_command",
                columns: new[] { "StationNo", "Slot" },
                unique: true,
                filter: "\"Slot\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "data_mark");

            migrationBuilder.DropTable(
                name: "remote_command");

            migrationBuilder.DropTable(
                name: "remote_command_step");
        }
    }
}
