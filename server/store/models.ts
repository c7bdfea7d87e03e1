// Objection models for reading: rows with their relations. Every relation goes through tenant_id; every query names it too (`inTown`).
import { Model, snakeCaseMappers, type Modifiers, type QueryBuilder } from 'objection';
import type { Transaction } from './database.ts';

class TownModel extends Model {
  static override columnNameMappers = snakeCaseMappers();
  static override useLimitInFirst = true;
  static override modifiers: Modifiers = {};
  declare tenantId: number;
}

export class PersonModel extends TownModel {
  static override tableName = 'person';
  static override idColumn = ['tenant_id', 'id'];
  declare id: string;
  declare givenName: string;
  declare familyName: string;
  declare birthDate: string | null;
  declare address: Record<string, string> | null;
  declare email: string | null;
  declare phone: string | null;
  declare dataBox: string | null;
  /** Of companies only. */
  declare ico: string | null;
}

export class OfficerModel extends TownModel {
  static override tableName = 'officer';
  static override idColumn = ['tenant_id', 'id'];
  declare id: string;
  declare name: string;
}

export class VersionModel extends TownModel {
  static override modifiers: Modifiers<QueryBuilder<VersionModel>> = {
    number: (query) => {
      query.select('tenant_id', 'id', 'number');
    },
  };
  static override tableName = 'situation_version';
  static override idColumn = ['tenant_id', 'id'];
  declare id: string;
  declare number: number;
}

/** Everything but the engine's state: lists never need it. */
const BRIEF = [
  'tenant_id',
  'id',
  'situation',
  'version_id',
  'mark',
  'applicant_id',
  'representative_id',
  'contact_email',
  'revision',
  'filed_at',
  'last_activity_at',
  'document_number',
  'ended_at',
  'outcome',
  'suspended_at',
].map((column) => `cases.${column}`);

export class CaseModel extends TownModel {
  static override modifiers: Modifiers<QueryBuilder<CaseModel>> = {
    brief: (query) => {
      query.select(BRIEF);
    },
  };
  static override tableName = 'cases';
  static override idColumn = ['tenant_id', 'id'];
  declare id: string;
  declare situation: string;
  declare versionId: string;
  declare mark: string;
  declare applicantId: string | null;
  declare contactEmail: string | null;
  declare revision: number;
  declare filedAt: Date;
  declare lastActivityAt: Date;
  declare documentNumber: string | null;
  declare endedAt: Date | null;
  declare outcome: string | null;
  declare suspendedAt: Date | null;
  declare representativeId: string | null;
  declare applicant?: PersonModel | null;
  /** Who filed it for the applicant. */
  declare representative?: PersonModel | null;
  declare version?: VersionModel;
  static override get relationMappings() {
    return {
      applicant: {
        relation: Model.BelongsToOneRelation,
        modelClass: PersonModel,
        join: { from: ['cases.tenant_id', 'cases.applicant_id'], to: ['person.tenant_id', 'person.id'] },
      },
      representative: {
        relation: Model.BelongsToOneRelation,
        modelClass: PersonModel,
        join: { from: ['cases.tenant_id', 'cases.representative_id'], to: ['person.tenant_id', 'person.id'] },
      },
      version: {
        relation: Model.BelongsToOneRelation,
        modelClass: VersionModel,
        join: { from: ['cases.tenant_id', 'cases.version_id'], to: ['situation_version.tenant_id', 'situation_version.id'] },
      },
    };
  }
}

export class TaskModel extends TownModel {
  static override tableName = 'task';
  static override idColumn = ['tenant_id', 'case_id', 'execution_id'];
  declare caseId: string;
  declare executionId: string;
  declare elementId: string;
  declare title: string;
  declare role: string;
  declare groupName: string | null;
  declare form: string | null;
  declare input: Record<string, unknown>;
  declare deadline: string | null;
  declare dueAt: Date | null;
  declare openedAt: Date;
  declare assigneeId: string | null;
  declare closedAt: Date | null;
  declare draft: Record<string, unknown> | null;
  declare case?: CaseModel;
  declare assignee?: OfficerModel | null;
  static override get relationMappings() {
    return {
      case: {
        relation: Model.BelongsToOneRelation,
        modelClass: CaseModel,
        join: { from: ['task.tenant_id', 'task.case_id'], to: ['cases.tenant_id', 'cases.id'] },
      },
      assignee: {
        relation: Model.BelongsToOneRelation,
        modelClass: OfficerModel,
        join: { from: ['task.tenant_id', 'task.assignee_id'], to: ['officer.tenant_id', 'officer.id'] },
      },
    };
  }
}

export const tasksIn = (trx: Transaction, tenantId: number): QueryBuilder<TaskModel> =>
  TaskModel.query(trx).where('task.tenant_id', tenantId);
export const casesIn = (trx: Transaction, tenantId: number): QueryBuilder<CaseModel> =>
  CaseModel.query(trx).where('cases.tenant_id', tenantId).select(BRIEF);
/** What a row of a list of tasks shows beside the task itself. */
export const TASK_GRAPH = '[case(brief).[applicant], assignee]';
export const CASE_GRAPH = '[applicant, representative, version(number)]';
