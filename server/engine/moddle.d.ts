// What we use of bpmn-moddle and dmn-moddle, which come without types of their own.
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    fromXML(xml: string): Promise<unknown>;
  }
}
declare module 'dmn-moddle' {
  export class DmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    fromXML(xml: string, rootType: string): Promise<unknown>;
  }
}
